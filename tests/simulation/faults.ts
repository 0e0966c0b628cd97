import { BatchGetCommand, QueryCommand, TransactGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { PaymentUnavailable } from '#functions/usecases/payment-provider.ts'
import { internalError, throttled, transactionCancelled } from './memory-dynamo/errors.ts'
import type { Process, Scheduler } from './scheduler.ts'

/**
 * What can go wrong with one call. `refused`: nothing was done. `lost`: it was done, and nobody heard. `repeated`: it was done, the answer
 * was lost, and the client asked again by itself. `late`: the answer comes after others' steps. `died`: the caller did not live to ask, or
 * to hear the answer.
 */
export const faults = ['refused', 'throttled', 'lost', 'repeated', 'late', 'diedBefore', 'diedAfter'] as const
export type Fault = (typeof faults)[number]

/** Faults by the number of the step that they hit. */
export type FaultPlan = ReadonlyMap<number, Fault>

export interface Call<T> {
  readonly process: Process
  readonly act: () => T
  readonly refusal: (kind: 'refused' | 'throttled') => Error
  readonly timeOut: () => Error
}

export function createFaults(scheduler: Scheduler, plan: FaultPlan) {
  let current = 0
  let isOver = false
  const seen = new Set<Fault>()

  /** Makes a call that may go wrong as the plan says. */
  async function call<T>({ process, act, refusal, timeOut }: Call<T>): Promise<T> {
    const dead = new Promise<never>(() => undefined)
    const answer = await scheduler.step(process, () => {
      const fault = isOver ? undefined : plan.get(current)
      if (fault) seen.add(fault)
      switch (fault) {
        case undefined:
          return { value: act() }
        case 'refused':
        case 'throttled':
          throw refusal(fault)
        case 'lost':
          attempt(act)
          throw timeOut()
        case 'repeated':
          attempt(act)
          return { again: true as const }
        case 'late':
          return { late: attempt(act) }
        case 'diedAfter':
          attempt(act)
          scheduler.kill(process)
          return { dead }
        case 'diedBefore':
          scheduler.kill(process)
          return { dead }
      }
    })
    if ('value' in answer) return answer.value
    if ('dead' in answer) return answer.dead
    if ('again' in answer) return scheduler.step(process, act)
    return scheduler.step(process, answer.late)
  }

  return {
    call,
    seen,
    at: (step: number) => {
      current = step
    },
    end: () => {
      isOver = true
    },
  }
}

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
  if (command instanceof QueryCommand || command instanceof BatchGetCommand) return throttled()
  return kind === 'throttled' ? throttled() : internalError()
}

export const databaseTimeOut = (): Error => Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })

export const providerSilence = (): Error => new PaymentUnavailable('the payment provider does not answer')
