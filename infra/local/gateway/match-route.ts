import type { Route } from '#infra/routes.ts'

/** A CloudFront path pattern: `*` is any number of characters, slashes too, and `?` is exactly one. */
const expressionOf = (pattern: string): RegExp => {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}

/** Answers which behaviour takes a path: the first that matches, as at CloudFront. */
export function routeMatcher(routes: readonly Route[]): (path: string) => Route | undefined {
  const expressions = routes.map((route) => ({ route, expression: expressionOf(route.pattern) }))
  return (path) => expressions.find(({ expression }) => expression.test(path))?.route
}
