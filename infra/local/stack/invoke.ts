import { randomUUID } from 'node:crypto'
import { type FunctionName, functionNamed } from '#infra/functions.ts'
import { FunctionTimeout, type Invoke } from '../gateway/function-origin.ts'

type Handler = (event: unknown, context: unknown) => unknown

/** Calls the handlers in this process, each imported at its first call, within its time-out and with Lambda's context. */
export function createInvoke(load: (name: FunctionName) => Promise<unknown> = loadModule): Invoke {
  const handlers = new Map<FunctionName, Promise<Handler>>()
  const handlerOf = (name: FunctionName): Promise<Handler> => {
    const handler = handlers.get(name) ?? load(name).then((module) => readHandler(name, module))
    handlers.set(name, handler)
    return handler
  }
  return async (name, event) => {
    const handler = await handlerOf(name)
    const timeoutMs = functionNamed(name).timeoutSeconds * 1000
    const deadline = Date.now() + timeoutMs
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new FunctionTimeout(`${name} took more than ${timeoutMs / 1000} s`)), timeoutMs)
    })
    try {
      return await Promise.race([handler(event, lambdaContext(name, deadline)), late])
    } finally {
      clearTimeout(timer)
    }
  }
}

const loadModule = (name: FunctionName): Promise<unknown> => import(`#functions/${name}/index.ts`)

function readHandler(name: FunctionName, module: unknown): Handler {
  const handler = typeof module === 'object' && module && 'handler' in module ? module.handler : undefined
  if (typeof handler !== 'function') throw new Error(`functions/${name}/index.ts exports no handler`)
  return (event, context) => handler(event, context)
}

function lambdaContext(name: FunctionName, deadline: number) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: String(functionNamed(name).memoryMb),
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  }
}
