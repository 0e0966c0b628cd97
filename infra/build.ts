import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { type FunctionDefinition, type FunctionName, functions } from './functions.ts'
import { buildSite, root, siteRenderer } from './local/stack/site-build.ts'
import { addSharp } from './native-packages.ts'

/** The faces that functions/gateways/ticket-pdf/fonts.ts looks for, under node_modules beside its bundle. */
const FONTS = ['noto-sans', 'noto-sans-arabic', 'noto-sans-jp'].map((name) => `node_modules/@expo-google-fonts/${name}`)
const FACES = ['400Regular', '700Bold', 'package.json', 'LICENSE_FONT']

/** What share pictures set their titles in. */
const DISPLAY_FACE = ['files/big-shoulders-display-latin-800-normal.woff', 'package.json', 'LICENSE'].map(
  (file) => `node_modules/@fontsource/big-shoulders-display/${file}`,
)

/** CommonJS packages ask for Node's own modules by `require`, which an ES module lacks. */
const BANNER = "import{createRequire as marqueeRequire}from'node:module';const require=marqueeRequire(import.meta.url);"

/** Where importing a module does nothing by itself, though its package does not say so: all of our own, and these. */
const PURE =
  /\/(functions|src)\/|\/node_modules\/(stripe|pdf-lib|nodemailer|qrcode|ical-generator|aws-jwt-verify|hono|bidi-js|@cantoo|@aws-lambda-powertools)\//

/** A function's bundle holds only what it uses of functions/wiring.ts, which names every client. */
const dropUnused: Plugin = {
  name: 'drop-unused',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /.*/ }, async ({ path, kind, pluginData, ...from }) => {
      if (kind === 'entry-point' || pluginData === dropUnused) return undefined
      const found = await resolve(path, { kind, ...from, pluginData: dropUnused })
      return PURE.test(found.path) ? { ...found, sideEffects: false } : found
    })
  },
}

/** Parts of packages that no function of ours calls: Brotli is for WOFF2 fonts, ours are TrueType; messages are English. */
const ABSENT = /^brotli\/decompress(\.js)?$|^\.\.\/locales\/index\.js$/

const withoutAbsent: Plugin = {
  name: 'without-absent',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: ABSENT }, () => ({ path: 'absent', namespace: 'absent' }))
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'export default undefined' }))
  },
}

/** How one function's code becomes `index.mjs` with what it imports on demand beside it. */
export const bundleOptions = (name: FunctionName): BuildOptions => ({
  entryPoints: { index: join(root, 'functions', name, 'index.ts') },
  outdir: bundleFolder(name),
  outExtension: { '.js': '.mjs' },
  // What is imported on demand becomes a file of its own, which a cold start does not read.
  splitting: true,
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  keepNames: true,
  sourcemap: 'external',
  // Native code cannot be bundled: infra/native-packages.ts puts it beside.
  external: ['sharp'],
  plugins: [withoutAbsent, dropUnused],
  mainFields: ['module', 'main'],
  banner: { js: BANNER },
  logLevel: 'warning',
})

/** Where a function's bundle lies. */
export const bundleFolder = (name: FunctionName): string => join(root, 'dist/functions', name)

export interface BundleSize {
  /** Of JavaScript that a cold start reads. */
  readonly bytes: number
  /** Of native code that lies beside it, read at the first picture. */
  readonly nativeBytes: number
}

/** Writes dist/functions/NAME/index.mjs with what must lie beside it. */
export async function bundle({ name, fonts, pictures }: FunctionDefinition): Promise<BundleSize> {
  const folder = bundleFolder(name)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const { metafile } = await build({ ...bundleOptions(name), metafile: true })
  await writeFile(join(root, 'dist/functions', `${name}.meta.json`), JSON.stringify(metafile))
  if (name === 'publisher') await cp(dirname(siteRenderer), join(folder, 'site'), { recursive: true })
  if (fonts) await Promise.all(FONTS.map((font) => copyFont(font, folder)))
  if (fonts && pictures) await Promise.all(DISPLAY_FACE.map((file) => cp(join(root, file), join(folder, file))))
  return { bytes: sizeOf(metafile), nativeBytes: pictures ? await addSharp(folder) : 0 }
}

async function copyFont(font: string, folder: string): Promise<void> {
  await mkdir(join(folder, dirname(font)), { recursive: true })
  await Promise.all(
    FACES.map((face) => cp(join(root, font, face), join(folder, font, face), { recursive: true, dereference: true })),
  )
}

/** Bytes that a cold start reads: the entry and what it imports at once. */
function sizeOf({ outputs }: Metafile): number {
  const read = new Set<string>()
  const waiting = Object.keys(outputs).filter((file) => file.endsWith('/index.mjs'))
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (read.has(file)) continue
    read.add(file)
    const imports = outputs[file]?.imports ?? []
    waiting.push(
      ...imports.filter(({ kind, external }) => kind === 'import-statement' && !external).map(({ path }) => path),
    )
  }
  return [...read].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0)
}

/** Builds everything that is deployed: the site, which the publisher carries, then each function. */
export async function buildAll(): Promise<({ name: string } & BundleSize)[]> {
  await buildSite()
  return Promise.all(functions.map(async (one) => ({ name: one.name, ...(await bundle(one)) })))
}

// Run by the bootstrap, which imports it, or by node itself.
if (resolve(process.argv[1] ?? '') === import.meta.filename) {
  for (const { name, bytes, nativeBytes } of await buildAll()) {
    const native = nativeBytes > 0 ? `, ${(nativeBytes / 1e6).toFixed(1)} MB of native code` : ''
    console.info(`✓ ${name} · ${Math.ceil(bytes / 1000)} KB${native}`)
  }
}
