import { createApp } from '../http/app.ts'
import { codes } from './codes.ts'
import { events } from './events.ts'
import { orders } from './orders.ts'
import { organisations } from './organisations.ts'
import { people } from './people.ts'
import { pictures } from './pictures.ts'
import { stats } from './stats.ts'

export const app = createApp()
  .route('/', events)
  .route('/', codes)
  .route('/', orders)
  .route('/', people)
  .route('/', organisations)
  .route('/', pictures)
  .route('/', stats)
