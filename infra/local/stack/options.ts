import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Curable } from './cures.ts'

export interface StackOptions {
  /** Of the site; 0 takes a free one. */
  readonly port: number
  /** Everything that the stack remembers lies here. */
  readonly folder: string
  /** Forget all that earlier runs remembered. */
  readonly fresh: boolean
}

export const DEFAULT_PORT = 4321

export const usage = `npm start -- [--port ${DEFAULT_PORT}] [--state .marquee] [--fresh]`

export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): StackOptions | 'help' {
  const { values } = parse(args)
  if (values.help) return 'help'
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || values.port === '') {
    throw new Curable(`“${values.port}” is not a port: give a number from 1 to 65535.`)
  }
  const folder = resolve(values.state ?? environment.MARQUEE_STATE ?? '.marquee')
  return { port, folder, fresh: values.fresh ?? false }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        state: { type: 'string' },
        fresh: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Curable(`${error instanceof Error ? error.message.split('\n')[0] : error} Usage: ${usage}`)
  }
}
