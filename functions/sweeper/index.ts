import { moveDueSaleStates } from '../usecases/refresh-sale-state.ts'
import { sweepHolds } from '../usecases/sweep-holds.ts'
import { logger, saleStatePorts, sweepPorts } from '../wiring.ts'

/** Ends before the next minute's run begins. */
const budgetMs = 45_000

/** Each minute: holds that are over, payments whose webhook may be lost, refunds that are owed; then sales that begin or end. */
export async function handler(): Promise<void> {
  const orders = await sweepHolds(sweepPorts(), Date.now() + budgetMs)
  const saleStates = await moveDueSaleStates(saleStatePorts())
  logger().info('swept', { orders, saleStates })
}
