/**
 * What an attribute's `one.two` or `!one.two` stands for among the names of `scope`. A function is called with `params`, and with `scope`
 * as its `this`; Alpine itself hands over functions as they are. Throws where nothing has that name: whatever is more than a name is an
 * error here.
 */
export function valueOfName(name: unknown, scope: object, params: readonly unknown[]): unknown {
  if (typeof name === 'string' && name.startsWith('!')) return !valueOfName(name.slice(1), scope, params)
  const value = typeof name === 'string' ? name.split('.').reduce(memberOf, scope) : name
  return typeof value === 'function' ? value.apply(scope, params) : value
}

function memberOf(of: unknown, name: string): unknown {
  const owner = Object(of)
  if (!(name in owner)) throw new ReferenceError(`no ${name} here`)
  return owner[name]
}
