import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TestDynamoDb } from './dynamodb.ts'

/** A command of the package as the operator runs it, with a test's database as AWS's. */
export const commandOn = (database: TestDynamoDb, name: string, ...args: string[]) =>
  new Promise<{ exitCode: number; output: string }>((resolve) => {
    const main = fileURLToPath(new URL(`../../infra/${name}/main.ts`, import.meta.url))
    const withTable = [main, '--table', database.tableName('catalog'), ...args]
    const child = execFile(process.execPath, withTable, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? 1, output: stdout + stderr }),
    )
  })
