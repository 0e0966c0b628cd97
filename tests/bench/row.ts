/** One line of `npm run bench`: ours and the bare floor, measured in the same run on the same machine. */
export interface BenchRow {
  readonly name: string
  readonly ours: string
  readonly floor: string
  /** Ours to the floor's; absent where the budget is on a plain figure. */
  readonly ratio?: number
  readonly budget: string
  readonly isWithin: boolean
}
