import { execFile, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const NEEDED_MAJOR = 17

/** What the search for Java needs from the machine; the default is the machine itself. */
export type Machine = {
  javaHome: string | undefined
  platform: NodeJS.Platform
  isRoot: boolean
  /** Standard output and error of a command together, or undefined when the program does not exist or fails. */
  run: (program: string, args: string[]) => Promise<string | undefined>
  /** Runs the system's package manager with its output shown; answers whether it succeeded. */
  install: (command: string) => Promise<boolean>
  osRelease: () => Promise<string>
}

/**
 * The path of a Java runtime of version 17 or newer: from JAVA_HOME, else from the PATH.
 *
 * On Debian and Ubuntu, as root, a missing runtime is installed after `announce` has said so.
 * Everywhere else it throws an error of one line that names the cure.
 */
export async function findJava(announce: (line: string) => void, machine = thisMachine()): Promise<string> {
  const found = await lookForJava(machine)
  if (found.path) return found.path
  if (found.tooOld)
    throw new Error(`Java ${found.tooOld} is too old, ${NEEDED_MAJOR} or newer is needed: ${await cure(machine)}`)
  if (!(await canInstall(machine))) throw new Error(`Java ${NEEDED_MAJOR} or newer is missing: ${await cure(machine)}`)

  const command = 'apt-get update && apt-get install -y default-jre-headless'
  announce(`Java is missing: installing it with “${command}”`)
  const installed = (await machine.install(command)) && (await lookForJava(machine)).path
  if (!installed)
    throw new Error(`Java ${NEEDED_MAJOR} could not be installed with “${command}”: install it by hand and start again`)
  return installed
}

/** The major version in the output of `java -version`, e.g. 8 for "1.8.0_392", 17 for "17.0.15". */
export function javaMajorVersion(versionOutput: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(versionOutput)
  return match ? Number(match[1]) : undefined
}

async function lookForJava(machine: Machine): Promise<{ path?: string; tooOld?: number }> {
  const candidates = [...(machine.javaHome ? [join(machine.javaHome, 'bin', 'java')] : []), 'java']
  let tooOld: number | undefined
  for (const path of candidates) {
    const major = javaMajorVersion((await machine.run(path, ['-version'])) ?? '')
    if (major === undefined) continue
    if (major >= NEEDED_MAJOR) return { path }
    tooOld = major
  }
  return tooOld === undefined ? {} : { tooOld }
}

async function cure(machine: Machine): Promise<string> {
  if (machine.platform === 'darwin') return 'run “brew install --cask temurin” and start again'
  if (await isDebian(machine))
    return 'run “sudo apt-get install -y default-jre-headless”, or point JAVA_HOME at one, and start again'
  return `install a Java ${NEEDED_MAJOR} runtime (https://adoptium.net), or point JAVA_HOME at one, and start again`
}

const canInstall = async (machine: Machine) => machine.isRoot && (await isDebian(machine))

async function isDebian(machine: Machine): Promise<boolean> {
  return machine.platform === 'linux' && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(await machine.osRelease())
}

function thisMachine(): Machine {
  return {
    javaHome: process.env.JAVA_HOME,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    osRelease: () => readFile('/etc/os-release', 'utf8').catch(() => ''),
    run: (program, args) =>
      new Promise((resolve) => {
        execFile(program, args, (error, stdout, stderr) => resolve(error ? undefined : stdout + stderr))
      }),
    install: (command) =>
      new Promise((resolve) => {
        const child = spawn('sh', ['-c', command], {
          stdio: ['ignore', 'inherit', 'inherit'],
          env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        })
        child.on('error', () => resolve(false))
        child.on('exit', (code) => resolve(code === 0))
      }),
  }
}
