import {
  BatchGetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { PaymentUnavailable } from '#functions/usecases/payment-provider.ts'
import { internalError, throttled, transactionCancelled, transactionConflict } from './memory-dynamo/errors.ts'
import type { Process, Scheduler } from './scheduler.ts'

/**
 * What can go wrong with one call. `refused`: nothing was done. `unheard`: nothing was done, and nobody said so. `lost`: it was done, and
 * nobody heard. `repeated`: it was done, the answer was lost, and the client asked again by itself. `partial`: some of it was done, the rest
 * is named. `late`: the answer comes after others' steps, `slow`: and half a minute later. `died`: the caller did not live to ask, or to
 * hear the answer.
 */
export const faults = [
  'refused',
  'throttled',
  'unheard',
  'lost',
  'repeated',
  'partial',
  'late',
  'slow',
  'diedBefore',
  'diedAfter',
] as const
export type Fault = (typeof faults)[number]

/** Faults by the number of the step that they hit, or by the call: `refund 1` is the second refund that anybody asks for. */
export type FaultPlan = ReadonlyMap<number | string, Fault>

export interface Call<T> {
  readonly process: Process
  /** What is asked: `GetCommand`, `refund`. */
  readonly kind: string
  readonly act: () => T
  /** Does a part of it; only some calls can. */
  readonly actPartly?: (() => T) | undefined
  readonly refusal: (kind: 'refused' | 'throttled') => Error
  readonly timeOut: () => Error
}

/** @param pass lets time go by */
export function createFaults(scheduler: Scheduler, plan: FaultPlan, pass: (ms: number) => void) {
  let current = 0
  let isOver = false
  const asked = new Map<string, number>()
  /** `lost at refund`, and `refund` for each kind of call. */
  const seen = new Set<string>()

  /** Makes a call that may go wrong as the plan says. */
  async function call<T>({ process, kind, act, actPartly, refusal, timeOut }: Call<T>): Promise<T> {
    const answer = await scheduler.step(process, () => {
      const fault = next(kind)
      if (fault && (fault !== 'partial' || actPartly)) seen.add(`${fault} at ${kind}`)
      switch (fault) {
        case undefined:
          return { value: act() }
        case 'refused':
        case 'throttled':
          throw refusal(fault)
        case 'unheard':
          throw timeOut()
        case 'lost':
          attempt(act)
          throw timeOut()
        case 'repeated':
          attempt(act)
          return { again: true as const }
        case 'partial':
          return { value: (actPartly ?? act)() }
        case 'late':
        case 'slow':
          return { late: attempt(act), isSlow: fault === 'slow' }
        case 'diedAfter':
          attempt(act)
          scheduler.kill(process)
          return { dead: waitForEver() }
        case 'diedBefore':
          scheduler.kill(process)
          return { dead: waitForEver() }
      }
    })
    if ('value' in answer) return answer.value
    if ('dead' in answer) return answer.dead
    if ('again' in answer) return scheduler.step(process, act)
    return scheduler.step(process, () => {
      if (answer.isSlow) pass(30_000)
      return answer.late()
    })
  }

  function next(kind: string): Fault | undefined {
    if (isOver) return undefined
    const count = asked.get(kind) ?? 0
    asked.set(kind, count + 1)
    return plan.get(current) ?? plan.get(`${kind} ${count}`)
  }

  return {
    call,
    seen,
    kinds: () => asked.keys(),
    at: (step: number) => {
      current = step
    },
    end: () => {
      isOver = true
    },
  }
}

/** A new promise each time: one for all would hold every world that ever waited on it. */
const waitForEver = () => new Promise<never>(() => undefined)

/** What came of it, for later. */
function attempt<T>(act: () => T): () => T {
  try {
    const value = act()
    return () => value
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** How DynamoDB says that it has not done what it was asked. */
export function databaseRefusal(command: object, kind: 'refused' | 'throttled'): Error {
  if (command instanceof TransactWriteCommand || command instanceof TransactGetCommand) {
    const { TransactItems = [] } = command.input
    const code = kind === 'throttled' ? 'ThrottlingError' : 'TransactionConflict'
    return transactionCancelled(TransactItems.map((_, at) => ({ code: at === 0 ? code : 'None' })))
  }
  if (kind === 'throttled' || command instanceof QueryCommand || command instanceof BatchGetCommand) return throttled()
  const writesOne = command instanceof PutCommand || command instanceof UpdateCommand
  return writesOne ? transactionConflict() : internalError()
}

export const databaseTimeOut = (): Error => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })

export const providerSilence = (): Error => new PaymentUnavailable('the payment provider does not answer')
