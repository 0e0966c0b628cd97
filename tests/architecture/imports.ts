import { posix } from 'node:path'

export interface SourceFile {
  /** From the repository's root, with slashes. */
  readonly path: string
  readonly text: string
}

export interface Import {
  /** A path from the root, or `npm:` or `node:` and the package's name. */
  readonly target: string
  readonly typeOnly: boolean
}

const STATEMENT =
  /^\s*(?:import|export)\s+(?<type>type\s)?(?:[\w*{}\s,$]+?\sfrom\s+)?['"](?<from>[^'"]+)['"]|\bimport\(\s*['"`](?<dynamic>[^'"`]+)['"`]/gm

/** What a file imports, as far as it is named by a literal. Works on TypeScript, JavaScript and Astro alike. */
export function importsOf({ path, text }: SourceFile): Import[] {
  return [...text.matchAll(STATEMENT)].flatMap(({ groups }) => {
    const specifier = groups?.from ?? groups?.dynamic
    return specifier === undefined ? [] : [{ target: targetOf(path, specifier), typeOnly: groups?.type !== undefined }]
  })
}

const AREAS: Readonly<Record<string, string>> = {
  '#domain': 'src/domain',
  '#contracts': 'src/contracts',
  '#src': 'src',
  '#functions': 'functions',
  '#infra': 'infra',
  '#tests': 'tests',
}

function targetOf(importer: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(importer), specifier)
  if (specifier.startsWith('node:') || specifier.startsWith('astro:')) return specifier
  const [first = '', ...rest] = specifier.split('/')
  const area = AREAS[first]
  if (area !== undefined) return [area, ...rest].join('/')
  return `npm:${first.startsWith('@') ? `${first}/${rest[0]}` : first}`
}
