import { test, vi } from 'vitest'
import { checkSales } from './check-sales.ts'

vi.mock('node:timers/promises', () => import('./virtual-timers.ts'))

test('nothing is oversold, stranded, lost or charged twice', { timeout: 0 }, () => checkSales(1))
