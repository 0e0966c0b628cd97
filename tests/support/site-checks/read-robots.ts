/** Whether robots.txt lets everybody read a path: of the rules that match, the longest holds (RFC 9309). */
export function isAllowed(robots: string, path: string): boolean {
  const matching = [...robots.matchAll(/^(Allow|Disallow): *(\S+)$/gim)]
    .map(([, kind = '', pattern = '']) => ({ isAllowing: kind.toLowerCase() === 'allow', pattern }))
    .filter(({ pattern }) => expressionOf(pattern).test(path))
  const [longest] = matching.toSorted(
    (a, b) => b.pattern.length - a.pattern.length || Number(b.isAllowing) - Number(a.isAllowing),
  )
  return longest?.isAllowing ?? true
}

function expressionOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^{}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${escaped.replace(/\$(?!$)/g, '\\$')}`)
}
