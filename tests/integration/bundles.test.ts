import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { bundleOptions } from '#infra/build.ts'
import { functions } from '#infra/functions.ts'

/** What of our sources and of packages is in a function's bundle. */
async function modulesOf(name: (typeof functions)[number]['name']): Promise<readonly string[]> {
  const faster = { minify: false, sourcemap: false, write: false } as const
  const { metafile } = await build({ ...bundleOptions(name), ...faster, metafile: true })
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([module, { bytesInOutput }]) => (bytesInOutput > 0 ? [module] : [])),
  )
}

test.each(functions)(
  '$name is given the secrets of the code that it carries, and no others',
  async (definition) => {
    const { name, usesStripe, usesTicketSecrets } = definition
    const modules = await modulesOf(name)
    const carries = {
      usesStripe: modules.some((module) => /node_modules\/stripe\//.test(module)),
      usesTicketSecrets: modules.includes('functions/gateways/signer.ts'),
    }
    expect(carries).toEqual({ usesStripe, usesTicketSecrets })
  },
  180_000,
)
