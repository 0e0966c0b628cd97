import { expect, test } from 'vitest'
import { findJava, javaMajorVersion, type Machine } from './java.ts'

const JAVA_17 = 'openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment'
const JAVA_8 = 'java version "1.8.0_392"\nJava(TM) SE Runtime Environment'
const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n'
const MINT = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'
const FEDORA = 'ID=fedora\n'

/** A machine with these programs, each answering `-version` with its text. */
function machine(programs: Record<string, string>, more: Partial<Machine> = {}): Machine {
  return {
    javaHome: undefined,
    platform: 'linux',
    isRoot: false,
    osRelease: async () => DEBIAN,
    run: async (program) => programs[program],
    install: () => Promise.reject(new Error('nothing may be installed here')),
    ...more,
  }
}

const refusalOf = (on: Machine) => findJava(() => {}, on).then(String, (error: Error) => error.message)

test.each([
  [JAVA_17, 17],
  [JAVA_8, 8],
  ['openjdk version "21" 2023-09-19', 21],
  ['openjdk version "26-ea" 2026-03-17', 26],
  ['command not found', undefined],
])('the major version in %j is %s', (output, major) => {
  expect(javaMajorVersion(output)).toBe(major)
})

test('Java is taken from JAVA_HOME, and from the PATH when that one is too old', async () => {
  const programs = { '/opt/jdk/bin/java': JAVA_17, java: JAVA_17 }
  expect(await findJava(() => {}, machine(programs, { javaHome: '/opt/jdk' }))).toBe('/opt/jdk/bin/java')
  const old = { '/opt/jdk/bin/java': JAVA_8, java: JAVA_17 }
  expect(await findJava(() => {}, machine(old, { javaHome: '/opt/jdk' }))).toBe('java')
})

test('a Java that is too old is named with its version and the cure', async () => {
  expect(await refusalOf(machine({ java: JAVA_8 }))).toMatch(/^Java 8 is too old, 17 or newer .* apt-get install .*$/)
})

test('a missing Java is named with the cure of that system, in one line', async () => {
  expect(await refusalOf(machine({}))).toMatch(
    /^Java 17 or newer is missing: .*sudo apt-get install -y default-jre-headless.*$/,
  )
  expect(await refusalOf(machine({}, { platform: 'darwin' }))).toMatch(/^Java 17 .* “brew install .*$/)
  const fedora = machine({}, { osRelease: async () => FEDORA, isRoot: true })
  expect(await refusalOf(fedora)).toMatch(/^Java 17 .*https:\/\/adoptium\.net.*$/)
})

test.each([DEBIAN, MINT])('as root on Debian and its kin Java is installed, after saying so', async (osRelease) => {
  const programs: Record<string, string> = {}
  const log: string[] = []
  const install = async (command: string) => {
    log.push(`ran ${command}`)
    programs.java = JAVA_17
    return true
  }
  const debian = machine(programs, { isRoot: true, osRelease: async () => osRelease, install })
  expect(await findJava((line) => log.push(line), debian)).toBe('java')
  expect(log).toEqual([
    'Java is missing: installing it with “apt-get update && apt-get install -y default-jre-headless”',
    'ran apt-get update && apt-get install -y default-jre-headless',
  ])
})

test('an installation that fails, or that brings an old Java, says what to do', async () => {
  const broken = machine({}, { isRoot: true, install: async () => false })
  expect(await refusalOf(broken)).toContain('install it by hand and start again')
})
