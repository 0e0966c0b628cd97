import { lambdaHandler } from '../http/app.ts'
import { app } from './routes.ts'

export const handler = lambdaHandler(app)
