import { functionNames } from '#infra/functions.ts'
import { type Import, importsOf, type SourceFile } from './imports.ts'

interface ImportRule {
  readonly says: string
  readonly covers: (path: string) => boolean
  readonly allows: (target: string, one: Import) => boolean
}

const within = (folder: string) => (path: string) => path.startsWith(`${folder}/`)
const isTest = (path: string) => /\.test\.ts$/.test(path)
const isHandler = (path: string) => functionNames.some((name) => within(`functions/${name}`)(path))
const isNpm = (target: string) => target.startsWith('npm:')
const isVendorSdk = (target: string) =>
  /^npm:(@aws-sdk\/|@smithy\/|stripe$|nodemailer$|aws-jwt-verify$|aws-amplify$)/.test(target)

/** Tests may use all that tests use; a rule speaks of what ships. */
const ships =
  (covers: (path: string) => boolean) =>
  (path: string): boolean =>
    covers(path) && !isTest(path)

/** Stream records are parsed where they arrive, as requests are: these know the shape of a record. */
const isStreamDecoder = (path: string) =>
  ['publisher/stream-changes.ts', 'fulfilment/order-moves.ts', 'sharing/touched-events.ts'].some(
    (file) => path === `functions/${file}`,
  )

/** What pages say is said by the publisher in files, by the feeds to programs, and by what answers in place of a file that is not stored. */
const isOfPages = (path: string) =>
  ['functions/publisher', 'functions/feeds', 'functions/missing'].some((folder) => within(folder)(path))

/** Signing in is HTTP's own business, cookies for tokens: no use case stands between. */
const SIGN_IN = 'functions/gateways/cognito.ts'

export const importRules: readonly ImportRule[] = [
  {
    says: 'src/domain imports only itself',
    covers: ships(within('src/domain')),
    allows: within('src/domain'),
  },
  {
    says: 'src/contracts imports only itself, the domain and zod',
    covers: ships(within('src/contracts')),
    allows: (target) => within('src/contracts')(target) || within('src/domain')(target) || target === 'npm:zod',
  },
  {
    says: 'src never imports functions, infra or tests',
    covers: ships(within('src')),
    allows: (target) => !['functions', 'infra', 'tests'].some((area) => within(area)(target)),
  },
  {
    says: 'functions never import infra or tests',
    covers: ships(within('functions')),
    allows: (target) => !within('infra')(target) && !within('tests')(target),
  },
  {
    says: 'functions take nothing of src but the domain, the contracts and the catalogues; publisher and feeds know the pages',
    covers: ships((path) => within('functions')(path) && !isOfPages(path)),
    allows: (target) =>
      !within('src')(target) || ['domain', 'contracts', 'i18n'].some((one) => within(`src/${one}`)(target)),
  },
  {
    says: 'the catalogues of texts import only themselves and the domain',
    covers: ships(within('src/i18n')),
    allows: (target) => within('src/i18n')(target) || within('src/domain')(target),
  },
  {
    says: 'a handler imports http, contracts, wiring and use cases, never a store or a gateway',
    covers: ships((path) => isHandler(path) && !isStreamDecoder(path)),
    allows: (target, { typeOnly }) =>
      typeOnly || SIGN_IN === target || !(within('functions/store')(target) || within('functions/gateways')(target)),
  },
  {
    says: 'a use case takes ports: it imports neither store, gateways, http, wiring nor config',
    covers: ships(within('functions/usecases')),
    allows: (target) => !within('functions')(target) || within('functions/usecases')(target),
  },
  {
    says: 'only store, gateways and wiring import a vendor’s SDK',
    covers: ships(
      (path) =>
        within('functions')(path) &&
        !within('functions/store')(path) &&
        !within('functions/gateways')(path) &&
        !isStreamDecoder(path) &&
        path !== 'functions/wiring.ts',
    ),
    allows: (target) => !isVendorSdk(target),
  },
  {
    says: 'store speaks to DynamoDB and to nothing else',
    covers: ships(within('functions/store')),
    allows: (target) =>
      !isVendorSdk(target) || /^npm:@aws-sdk\/(client-dynamodb|lib-dynamodb|util-dynamodb)$/.test(target),
  },
  {
    says: 'Amplify is loaded by the sign-in page alone',
    covers: ships((path) => within('src')(path) && !within('src/islands/sign-in')(path)),
    allows: (target) => target !== 'npm:aws-amplify',
  },
  {
    says: 'an island or a page knows no package of the functions',
    covers: ships(within('src')),
    allows: (target) => !isNpm(target) || target === 'npm:aws-amplify' || !isVendorSdk(target),
  },
]

interface TextRule {
  readonly says: string
  readonly covers: (path: string) => boolean
  readonly forbids: RegExp
}

export const textRules: readonly TextRule[] = [
  {
    says: 'functions/config.ts is the only one to read the environment',
    covers: ships((path) => (within('src')(path) || within('functions')(path)) && path !== 'functions/config.ts'),
    forbids: /\bprocess\s*\.\s*env\b|\bimport\.meta\.env\b/,
  },
  {
    says: 'nothing asks “am I local?”',
    covers: ships((path) => within('src')(path) || within('functions')(path)),
    forbids: /\b(NODE_ENV|isLocal|isDevelopment|isProduction|localhost|127\.0\.0\.1)\b/,
  },
  {
    says: 'functions/wiring.ts is the only place where clients are made',
    covers: ships((path) => within('functions')(path) && path !== 'functions/wiring.ts'),
    forbids: /\bnew\s+\w+Client\s*\(/,
  },
  {
    says: 'src/api/client.ts holds the site’s only fetch',
    covers: ships((path) => within('src')(path) && path !== 'src/api/client.ts'),
    forbids: /(?<![.\w])fetch\s*\(/,
  },
]

/** One line for each broken rule, with the file that breaks it. */
export function violationsIn(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [
    ...importRules
      .filter(({ covers }) => covers(file.path))
      .flatMap(({ says, allows }) =>
        importsOf(file)
          .filter((one) => !allows(one.target, one))
          .map(({ target }) => `${file.path} imports ${target}: ${says}`),
      ),
    ...textRules
      .filter(({ covers, forbids }) => covers(file.path) && forbids.test(file.text))
      .map(({ says }) => `${file.path}: ${says}`),
  ])
}
