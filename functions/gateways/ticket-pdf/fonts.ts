import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { create, type Font } from '@cantoo/fontkit'

export type Weight = 'regular' | 'bold'

/** A parsed font file. Parsing costs several times what a ticket costs, so a process does it once for each file. */
export interface Face {
  readonly name: string
  readonly font: Font
}

/** The faces that a document may use, in order of preference for text that several of them cover. */
export type FaceBook = Readonly<Record<Weight, readonly Face[]>>

/**
 * Found at run time through Node's own lookup from this file (or from the bundle that it became): a bundle must be ESM and needs
 * `node_modules/@expo-google-fonts/{noto-sans,noto-sans-arabic,noto-sans-jp}/{400Regular,700Bold}/*.ttf` beside or above it.
 * A third of such a bundle is `brotli/decompress.js`, which fontkit needs for WOFF2 only: a bundler may alias it to an empty module.
 */
const files = {
  sans: {
    regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  },
  arabic: {
    regular: '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
  },
  japanese: {
    regular: '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
    bold: '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
  },
} as const

type Family = keyof typeof files

const loaded = new Map<string, Promise<Face>>()

/** Latin, Greek, Cyrillic and Devanagari always; Arabic (0.2 MB) and Japanese (5.5 MB) only when `text` has any. */
export async function loadFaces(text: string): Promise<FaceBook> {
  const families: Family[] = ['sans']
  if (/\p{Script=Arabic}/u.test(text)) families.push('arabic')
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u.test(text))
    families.push('japanese')
  const load = (weight: Weight) => Promise.all(families.map((family) => loadFace(files[family][weight])))
  const [regular, bold] = await Promise.all([load('regular'), load('bold')])
  return { regular, bold }
}

/** What the site sets its titles in; Latin alone. */
export const loadDisplayFace = (): Promise<Face> =>
  loadFace('@fontsource/big-shoulders-display/files/big-shoulders-display-latin-800-normal.woff')

function loadFace(file: string): Promise<Face> {
  const known = loaded.get(file)
  if (known !== undefined) return known
  const face = readFace(file)
  loaded.set(file, face)
  face.catch(() => loaded.delete(file))
  return face
}

async function readFace(file: string): Promise<Face> {
  const parsed = create(await readFile(createRequire(import.meta.url).resolve(file)))
  if (!('layout' in parsed)) throw new TypeError(`${file} is a collection, not a font`)
  return { name: parsed.postscriptName ?? 'Font', font: parsed }
}
