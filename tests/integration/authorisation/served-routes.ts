import type { Hono } from 'hono'
import { inspectRoutes } from 'hono/dev'
import type { ApiRoute } from '#contracts/routes.ts'
import { app as checkin } from '#functions/checkin/routes.ts'
import type { AppEnv } from '#functions/http/app.ts'
import { app as orders } from '#functions/orders/routes.ts'
import { app as organiser } from '#functions/organiser/routes.ts'
import { app as session } from '#functions/session/routes.ts'
import { app as tickets } from '#functions/tickets/routes.ts'
import { app as webhooks } from '#functions/webhooks/routes.ts'

export type Apps = Readonly<Record<string, Hono<AppEnv>>>

/** Every function that answers HTTP, by its folder. `missing` and `feeds` answer no calls but public files, the same for everybody. */
export const apps: Apps = { session, orders, tickets, organiser, checkin, webhooks }

export interface ServedRoute {
  readonly functionName: string
  readonly app: Hono<AppEnv>
  readonly method: string
  readonly path: string
  readonly name: string
}

/** Whatever answers; what only stands before all that answer, as `createApp` puts it there, is no route. */
export const servedRoutes = (served: Apps): ServedRoute[] =>
  Object.entries(served).flatMap(([functionName, app]) =>
    inspectRoutes(app)
      .filter(({ path, isMiddleware }) => !(isMiddleware && path === '/*'))
      .map(({ method, path }) => ({ functionName, app, method, path, name: `${method} ${path}` })),
  )

/** Where the apps, the contract and the matrix do not know the same routes. */
export function differences(
  served: readonly ServedRoute[],
  contract: readonly Pick<ApiRoute, 'method' | 'path'>[],
  rows: readonly string[],
): string[] {
  const shapes = new Set(served.map(({ method, path }) => shapeOf(method, path)))
  const documented = new Set(contract.map(({ method, path }) => shapeOf(method, path)))
  const names = new Set(served.map(({ name }) => name))
  return [
    ...[...names].filter((name) => !rows.includes(name)).map((name) => `${name} has no row`),
    ...rows.filter((row) => !names.has(row)).map((row) => `${row} is a row without a route`),
    ...[...shapes].filter((shape) => !documented.has(shape)).map((shape) => `${shape} is in no contract`),
    ...[...documented].filter((shape) => !shapes.has(shape)).map((shape) => `${shape} is served by nobody`),
  ]
}

/** `:name`, `:name{a pattern that ends in .pdf}` of an app and `{name}` of the contract alike. */
const shapeOf = (method: string, path: string): string =>
  `${method.toUpperCase()} ${path.replace(/:\w+\{[^}]*\\\.pdf\}/g, '*.pdf').replace(/:\w+|\{\w+\}/g, '*')}`
