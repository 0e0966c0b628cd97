import { parts } from '../functions/publisher/parts.ts'

/** The deployed functions as plain data. `entry` is the folder under functions/ whose index.ts exports `handler`. */
export interface FunctionDefinition {
  readonly name: FunctionName
  readonly trigger: 'http' | 'open-http' | 'catalog-stream' | 'sales-stream' | 'clock' | 'uploads'
  /** Sent by the clock each minute, beside what triggers it. */
  readonly eachMinute?: readonly object[]
  readonly memoryMb: number
  /** Beside what all functions are told. */
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  /** `progress`: reads all, and writes how far the full publish has come. */
  readonly catalog: 'none' | 'read' | 'progress' | 'write'
  readonly sales: 'none' | 'read' | 'write'
  /** `media`: pictures alone may be written and removed. */
  readonly siteBucket: 'none' | 'read' | 'write' | 'media'
  /** `send`: sign forms for originals of pictures. `take`: read and remove those. */
  readonly filesBucket: 'none' | 'read' | 'write' | 'send' | 'take'
  readonly sendsMail: boolean
  /** Is given Stripe's keys. */
  readonly usesStripe: boolean
  /** Is given what signs tickets and the links to orders. */
  readonly usesTicketSecrets: boolean
  /** Carries sharp with its native code. */
  readonly pictures: boolean
  /** npm packages of fonts to ship beside the bundle. */
  readonly fonts: boolean
}

export const functionNames = [
  'session',
  'orders',
  'tickets',
  'organiser',
  'checkin',
  'webhooks',
  'publisher',
  'fulfilment',
  'sweeper',
  'missing',
  'pictures',
  'feeds',
  'sharing',
] as const
export type FunctionName = (typeof functionNames)[number]

const basis = {
  memoryMb: 512,
  environment: {},
  timeoutSeconds: 15,
  catalog: 'read',
  sales: 'none',
  siteBucket: 'none',
  filesBucket: 'none',
  sendsMail: false,
  usesStripe: false,
  usesTicketSecrets: false,
  pictures: false,
  fonts: false,
} as const

export const functions: readonly FunctionDefinition[] = [
  { ...basis, name: 'session', trigger: 'http' },
  {
    ...basis,
    name: 'orders',
    trigger: 'http',
    sales: 'write',
    usesStripe: true,
    usesTicketSecrets: true,
    memoryMb: 1024,
  },
  {
    ...basis,
    name: 'tickets',
    trigger: 'http',
    sales: 'read',
    filesBucket: 'write',
    usesTicketSecrets: true,
    fonts: true,
    memoryMb: 1024,
  },
  {
    ...basis,
    name: 'organiser',
    trigger: 'http',
    catalog: 'write',
    sales: 'write',
    filesBucket: 'send',
    usesStripe: true,
    usesTicketSecrets: true,
  },
  { ...basis, name: 'checkin', trigger: 'http', sales: 'write', usesTicketSecrets: true },
  {
    ...basis,
    name: 'webhooks',
    trigger: 'open-http',
    sales: 'write',
    usesStripe: true,
    usesTicketSecrets: true,
  },
  {
    ...basis,
    name: 'publisher',
    trigger: 'catalog-stream',
    eachMinute: parts.map((part) => ({ publish: 'due', parts: [part] })),
    catalog: 'progress',
    siteBucket: 'write',
    // One whole processor: rendering takes nothing else, and half of it for twice the time costs the same.
    memoryMb: 1769,
    // Left alone, V8 and malloc would use the memory that comes with the processor instead of collecting garbage.
    environment: { NODE_OPTIONS: '--max-old-space-size=128 --max-semi-space-size=16', MALLOC_ARENA_MAX: '2' },
    timeoutSeconds: 300,
  },
  {
    ...basis,
    name: 'fulfilment',
    trigger: 'sales-stream',
    catalog: 'write',
    sales: 'write',
    filesBucket: 'write',
    sendsMail: true,
    usesTicketSecrets: true,
    fonts: true,
    memoryMb: 1024,
    timeoutSeconds: 60,
  },
  {
    ...basis,
    name: 'sweeper',
    trigger: 'clock',
    catalog: 'write',
    sales: 'write',
    siteBucket: 'media',
    usesStripe: true,
    usesTicketSecrets: true,
    timeoutSeconds: 55,
  },
  { ...basis, name: 'missing', trigger: 'http', siteBucket: 'read' },
  { ...basis, name: 'feeds', trigger: 'http' },
  {
    ...basis,
    name: 'pictures',
    trigger: 'uploads',
    catalog: 'write',
    sales: 'write',
    siteBucket: 'media',
    filesBucket: 'take',
    pictures: true,
    memoryMb: 2048,
    timeoutSeconds: 120,
  },
  {
    ...basis,
    name: 'sharing',
    trigger: 'catalog-stream',
    catalog: 'write',
    siteBucket: 'media',
    pictures: true,
    fonts: true,
    memoryMb: 1536,
    timeoutSeconds: 300,
  },
]

/** Whom storage tells of new originals. */
export const uploadReader: FunctionName = 'pictures'

export function functionNamed(name: FunctionName): FunctionDefinition {
  const found = functions.find((one) => one.name === name)
  if (!found) throw new Error(`there is no function ${name}`)
  return found
}
