import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { root } from './local/stack/site-build.ts'

const run = promisify(execFile)

/** What sharp needs beside itself on Lambda: its own code and libvips, compiled for another processor than this machine's. */
const compiled = ['@img/sharp-linux-arm64', '@img/sharp-libvips-linux-arm64']
const AARCH64 = 0xb7
/** All that a function carries, unpacked: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LAMBDA_LIMIT_BYTES = 250 * 1024 * 1024

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
})
const manifestSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}) })
const packed = z.tuple([z.object({ filename: z.string() })])

/**
 * Puts sharp into `folder/node_modules` as linux-arm64 runs it, and answers the bytes of its native code.
 *
 * The lockfile names the compiled packages of every platform with their hashes, but npm installs only those of this one: the others
 * are fetched once by `npm pack` and counted only if their bytes are those that the lockfile names.
 */
export async function addSharp(folder: string): Promise<number> {
  const modules = join(folder, 'node_modules')
  for (const name of ['sharp', ...(await dependenciesOf('sharp'))])
    await cp(join(root, 'node_modules', name), join(modules, name), { recursive: true, dereference: true })
  for (const name of compiled) await unpack(await fetchPackage(name), join(modules, name))
  const native = (await filesIn(modules)).filter((file) => /\.node$|\.so[.\d]*$/.test(file))
  if (native.length < compiled.length) throw new Error(`sharp’s native code is not whole: ${native.join(', ')}`)
  const sizes = await Promise.all(native.map(sizeOfArm64))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  if (bytes > LAMBDA_LIMIT_BYTES) throw new Error('sharp’s native code is more than Lambda takes')
  return bytes
}

async function dependenciesOf(name: string): Promise<string[]> {
  const text = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')
  return Object.keys(manifestSchema.parse(JSON.parse(text)).dependencies)
}

/** The archive of a package in the lockfile's version, in dist/ since the first time. */
async function fetchPackage(name: string): Promise<string> {
  const lock = lockSchema.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')))
  const { version = '', integrity = '' } = lock.packages[`node_modules/${name}`] ?? {}
  const folder = join(root, 'dist', 'native')
  const file = join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
  if (await isWhole(file, integrity)) return file
  await mkdir(folder, { recursive: true })
  const pack = ['pack', `${name}@${version}`, '--json', '--prefer-offline', '--pack-destination', folder]
  const { stdout } = await run('npm', pack).catch((error: unknown) => {
    throw new Error(`${name} could not be fetched: npm needs its registry, once.`, { cause: error })
  })
  const [{ filename }] = packed.parse(JSON.parse(stdout))
  if (!(await isWhole(join(folder, filename), integrity)))
    throw new Error(`${name}@${version} is not what package-lock.json names`)
  return join(folder, filename)
}

async function isWhole(file: string, integrity: string): Promise<boolean> {
  const bytes = await readFile(file).catch(() => undefined)
  if (!bytes) return false
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}` === integrity
}

async function unpack(archive: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1'])
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** The processor stands in an ELF file's header at byte 18. */
async function sizeOfArm64(file: string): Promise<number> {
  const bytes = await readFile(file)
  if (bytes.toString('latin1', 1, 4) !== 'ELF' || bytes.readUInt16LE(18) !== AARCH64)
    throw new Error(`${file} is not for linux-arm64`)
  return bytes.length
}
