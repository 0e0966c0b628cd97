// What runs before the install: plain JavaScript that Node 20 understands, without dependencies.
// `node infra/local/bootstrap.mjs FILE.ts …` installs what the lockfile names, then runs FILE.ts on Node 24.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const modules = join(root, 'node_modules')
const node24 = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const [script, ...args] = process.argv.slice(2)

process.chdir(root)
if (major(process.versions.node) < 20) stop(`Node ${process.versions.node} is too old: install Node 20 or newer.`)
if (!isInstalled()) await install()
if (!existsSync(node24))
  stop(`Node 24 is not in node_modules: npm was told to skip install scripts. ${cureForScripts()}`)
await run(join(root, script))

/** Whether every package of the lockfile is in node_modules in the version that it names. */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(join(modules, '.package-lock.json'))
  if (!wanted) stop('package-lock.json is missing or broken: restore it with “git checkout package-lock.json”.')
  if (!present) return false
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || (present[path] ? present[path].version === version && existsSync(join(root, path)) : optional),
  )
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

async function install() {
  const started = Date.now()
  console.info('• Installing what package-lock.json names (npm ci) …')
  const heartbeat = setInterval(() => {
    if (!process.stdout.isTTY) console.info(`  … ${Math.round((Date.now() - started) / 1000)} s`)
  }, 15_000)
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const code = await ended(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: withoutOwnModules() })
  clearInterval(heartbeat)
  if (code !== 0) stop(`“npm ci” ended with code ${code}; what it says is above. Cure that, then start again.`)
  console.info(`✓ Installed · ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

/** npm must not run on the Node that lies in the folder which it is about to delete. */
function withoutOwnModules() {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules))
  return { ...process.env, PATH: path.join(delimiter) }
}

function cureForScripts() {
  return 'Run “npm rebuild node --ignore-scripts=false”, then start again.'
}

/** In this process when it is Node 24 already, else in a child that ends with us and hands up its exit code. */
async function run(file) {
  const bin = join(modules, '.bin')
  process.env.PATH = [bin, ...(process.env.PATH ?? '').split(delimiter).filter((f) => f !== bin)].join(delimiter)
  if (major(process.versions.node) >= 24) {
    process.argv.splice(1, 2, file)
    await import(pathToFileURL(file).href)
  } else {
    process.exitCode = await ended(node24, [file, ...args], { env: process.env, stdio: [0, 1, 2, 'ipc'] })
  }
}

function ended(command, commandArgs, options) {
  const child = spawn(command, commandArgs, { stdio: 'inherit', ...options })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((done) => {
    child.on('error', (error) => stop(`“${command}” could not be run: ${error.message}`))
    child.on('exit', (code, signal) => done(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

function major(version) {
  return Number(version.split('.')[0])
}

function stop(line) {
  console.error(`✗ ${line}`)
  process.exit(1)
}
