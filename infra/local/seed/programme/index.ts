import { almazara } from './almazara.ts'
import type { DemoEvent } from './demo-event.ts'
import { hoshizora } from './hoshizora.ts'
import { lanternHouse } from './lantern-house.ts'
import { tidewater } from './tidewater.ts'

export const programme: readonly DemoEvent[] = [...almazara, ...lanternHouse, ...tidewater, ...hoshizora]
