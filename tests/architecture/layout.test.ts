import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { functions } from '#infra/functions.ts'
import { contentSecurityPolicy, headerPolicies } from '#infra/headers.ts'
import { routes } from '#infra/routes.ts'
import { importRules, textRules, violationsIn } from './rules.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

function sources(): { path: string; text: string }[] {
  return ['src', 'functions', 'infra', 'tests'].flatMap((area) =>
    readdirSync(join(root, area), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs|js|astro)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') })),
  )
}

test('every file keeps to the layers', () => {
  expect(violationsIn(sources())).toEqual([])
})

test('the top level holds what was agreed and nothing else', () => {
  const agreed = ['package.json', 'tsconfig.json', 'astro.config.mjs', 'src', 'functions', 'infra', 'public', 'tests']
  const beside = ['README.md', 'LICENSE', 'docs', '.ci', 'package-lock.json']
  const tools = ['.gitignore', '.npmrc', 'biome.json', 'vitest.config.ts', 'playwright.config.ts']
  const known = new Set([...agreed, ...beside, ...tools, '.git', ...ignored()])
  expect(readdirSync(root).filter((name) => !known.has(name))).toEqual([])
})

test('edge functions fit into CloudFront’s 10 KB', () => {
  const folder = join(root, 'infra/edge')
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'))
  expect(scripts).not.toEqual([])
  for (const name of scripts)
    expect([name, statSync(join(folder, name)).size]).toEqual([name, expect.toSatisfy(atMost(10_240))])
})

test('each content security policy fits into CloudFront’s 1,783 characters and has no unsafe source', () => {
  const origins = {
    cognito: 'https://cognito-idp.ap-southeast-2.amazonaws.com',
    uploads: `https://${'b'.repeat(63)}.s3.ap-southeast-2.amazonaws.com`,
  }
  for (const policy of headerPolicies) {
    const text = contentSecurityPolicy(policy, origins)
    expect(text.length).toBeLessThanOrEqual(1_783)
    expect(text).not.toMatch(/'unsafe-/)
  }
})

test('each function has its folder, and each route leads to a function that HTTP may call', () => {
  const called = new Map(functions.map(({ name, trigger }) => [name, trigger]))
  for (const name of called.keys()) expect(statSync(join(root, 'functions', name, 'index.ts')).isFile()).toBe(true)
  for (const { target } of routes) {
    if ('function' in target) expect(['http', 'open-http']).toContain(called.get(target.function))
  }
  expect(routes.at(-1)?.pattern).toBe('*')
})

const planted = [
  ['src/domain/stock.ts', "import { z } from 'zod'"],
  ['src/domain/stock.ts', "import { randomUUID } from 'node:crypto'"],
  ['src/contracts/orders.ts', "import { keys } from '../islands/keys.ts'"],
  ['src/i18n/de/home.ts', "import { monthName } from '../../components/when.ts'"],
  ['src/pages/index.astro', "---\nimport { routes } from '../../infra/routes.ts'\n---"],
  ['functions/http/app.ts', "import { routes } from '#infra/routes.ts'"],
  ['functions/http/app.ts', "const x = await import('#tests/support/api.ts')"],
  ['functions/http/app.ts', "import Card from '#src/components/Card.astro'"],
  ['functions/orders/routes.ts', "import {\n  putOrder,\n} from '../store/orders.ts'"],
  ['functions/usecases/place-order.ts', "import { putOrder } from '../store/orders.ts'"],
  ['functions/http/session.ts', "import Stripe from 'stripe'"],
  ['functions/store/orders.ts', "import { S3Client } from '@aws-sdk/client-s3'"],
  ['src/islands/checkout.ts', "import { Amplify } from 'aws-amplify'"],
  ['src/islands/checkout.ts', "import { S3Client } from '@aws-sdk/client-s3'"],
  ['functions/store/orders.ts', 'const table = process.env.SALES_TABLE'],
  ['functions/http/app.ts', "if (host === 'localhost') skip()"],
  ['functions/store/orders.ts', 'const client = new DynamoDBClient({})'],
  ['src/islands/checkout.ts', "await fetch('/api/orders')"],
] as const

test.each(planted)('a planted violation in %s is found: %s', (path, text) => {
  expect(violationsIn([{ path, text }])).toHaveLength(1)
})

test('each rule finds what was planted for it', () => {
  const found = planted.flatMap(([path, text]) => violationsIn([{ path, text }]))
  for (const { says } of [...importRules, ...textRules])
    expect(found.filter((line) => line.endsWith(says))).not.toEqual([])
})

const atMost = (limit: number) => (size: number) => size <= limit

function ignored(): string[] {
  return readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.replace(/\/$/, ''))
    .filter((line) => line !== '')
}
