import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { bundleOptions } from '#infra/build.ts'
import { functions } from '#infra/functions.ts'

/** What of our sources is in a function's bundle; packages stay outside, which is ten times as fast. */
async function modulesOf(name: (typeof functions)[number]['name']): Promise<ReadonlySet<string>> {
  const faster = { packages: 'external', minify: false, sourcemap: false, write: false } as const
  const { metafile } = await build({ ...bundleOptions(name), ...faster, metafile: true })
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs))
  return new Set(inputs.flatMap(([module, { bytesInOutput }]) => (bytesInOutput > 0 ? [module] : [])))
}

test.each(functions)('$name is given the secrets of the code that it carries, and no others', async (definition) => {
  const { name, usesStripe, usesTicketSecrets } = definition
  const modules = await modulesOf(name)
  expect(modules).toContain(`functions/${name}/index.ts`)
  const carries = {
    usesStripe: modules.has('functions/gateways/stripe.ts'),
    usesTicketSecrets: modules.has('functions/gateways/signer.ts'),
  }
  expect(carries).toEqual({ usesStripe, usesTicketSecrets })
})
