import { createApp } from '../http/app.ts'
import { events } from './events.ts'
import { orders } from './orders.ts'
import { people } from './people.ts'
import { stats } from './stats.ts'

export const app = createApp().route('/', events).route('/', orders).route('/', people).route('/', stats)
