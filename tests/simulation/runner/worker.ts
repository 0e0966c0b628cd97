import { type Batch, playBatch } from '../sales.ts'

process.on('message', (batch: Batch) => {
  playBatch(batch).then(
    ({ failure }) => process.send?.({ failure }),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? String(error.stack) : String(error) }),
  )
})
process.on('disconnect', () => process.exit())
