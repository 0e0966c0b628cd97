import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '#tests/support/browser.ts'
import { familyOf, untilGone } from '#tests/support/processes.ts'
import {
  removeFolder,
  runStackProcess,
  type StackProcess,
  startStackProcess,
  temporaryFolder,
} from '#tests/support/stack.ts'

test.describe.configure({ timeout: 180_000 })

test.describe('one stack', () => {
  test.describe.configure({ mode: 'serial' })
  let folder: string
  let stack: StackProcess
  test.beforeAll(async () => {
    test.setTimeout(180_000)
    folder = await temporaryFolder()
    stack = await startStackProcess({ folder })
  })
  test.afterAll(async () => {
    await stack.end('SIGKILL')
    await removeFolder(folder)
  })

  test('a second start on the same state says where the first one is', async () => {
    const { exitCode, output } = await runStackProcess({ folder })
    expect(exitCode).toBe(1)
    expect(output).toContain(`Marquee is running at ${stack.url}/ already`)
    expect(output).not.toContain('    at ')
  })

  test('after SIGKILL no child is left, and the next start has the old state at the old addresses', async () => {
    const before = await (await fetch(`${stack.url}/_local/info.json`)).json()
    const family = familyOf(stack.pid)
    expect(family.length).toBeGreaterThanOrEqual(3)
    await stack.end('SIGKILL')
    expect(await untilGone(family)).toEqual([])

    stack = await startStackProcess({ folder })
    expect(await (await fetch(`${stack.url}/_local/info.json`)).json()).toEqual(before)
    expect((await fetch(stack.url)).status).toBe(200)
  })

  test('Ctrl-C ends all children, and the next start is up again', async () => {
    const family = familyOf(stack.pid)
    expect(await stack.end('SIGINT')).toBe(0)
    expect(await untilGone(family)).toEqual([])
    stack = await startStackProcess({ folder })
    expect((await fetch(stack.url)).status).toBe(200)
  })
})

test('a taken port, a mistyped one and a folder that is none are each one line with the cure', async () => {
  const folder = await temporaryFolder()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const file = join(folder, 'file')
  await writeFile(file, '')

  const taken = await runStackProcess({ folder, port })
  expect(taken.output).toContain(`Port ${port} is taken by another program: end that, or choose another`)
  const mistyped = await runStackProcess({ folder, args: ['--port', 'http'] })
  expect(mistyped.output).toContain('“http” is not a port')
  const noFolder = await runStackProcess({ folder: file })
  expect(noFolder.output).toContain(`${file} is not a folder`)
  for (const { exitCode, output } of [taken, mistyped, noFolder]) {
    expect(exitCode).toBe(1)
    expect(output).not.toContain('    at ')
  }
  other.close()
  await removeFolder(folder)
})
