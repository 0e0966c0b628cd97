import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataStoreFactory } from 'cognito-local/lib/services/dataStore/factory.js'

/** Users, groups and clients as JSON files, each replaced in one step: a process killed while it writes leaves the file as it was. */
export function jsonStores(folder: string): DataStoreFactory {
  mkdirSync(folder, { recursive: true })
  return {
    create: async (_context, id, defaults) => {
      const path = join(folder, `${id}.json`)
      const root: object = readJson(path) ?? defaults
      const file: object = { root }
      const save = () => {
        writeFileSync(`${path}.new`, JSON.stringify(root, undefined, 2))
        renameSync(`${path}.new`, path)
      }
      save()
      return {
        getRoot: async () => Reflect.get(file, 'root'),
        get: async (_ctx: object, key: string | string[], fallback: unknown = null) => {
          const { parent, name } = slotOf(root, key)
          return (Object.hasOwn(parent, name) ? Reflect.get(parent, name) : undefined) ?? fallback
        },
        set: async (_ctx, key, value) => {
          const { parent, name } = slotOf(root, key)
          Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true })
          save()
        },
        delete: async (_ctx, key) => {
          const { parent, name } = slotOf(root, key)
          Reflect.deleteProperty(parent, name)
          save()
        },
      }
    },
  }
}

/** The object that holds the value at the end of the path, made on the way where it is missing. */
function slotOf(root: object, key: string | string[]): { parent: object; name: string } {
  const path = [key].flat()
  let parent = root
  for (const step of path.slice(0, -1)) {
    if (!Object.hasOwn(parent, step)) Object.assign(parent, { [step]: {} })
    parent = Reflect.get(parent, step)
  }
  return { parent, name: path.at(-1) ?? '' }
}

function readJson(path: string): object | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'), (name, value) => (name.endsWith('Date') ? new Date(value) : value))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
