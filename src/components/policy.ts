import type { CancellationPolicy } from '#domain/catalog.ts'

/** The organiser's policy as a buyer reads it. */
export function policyText({ refundableUntilHours }: CancellationPolicy): string {
  if (refundableUntilHours === null)
    return 'Tickets cannot be cancelled once they are bought. If the organiser cancels the event, you get your money back.'
  const until =
    refundableUntilHours === 0 ? 'the event starts' : `${spanText(refundableUntilHours)} before the event starts`
  return `You can cancel and get your money back until ${until}. If the organiser cancels the event, you get it back in any case.`
}

function spanText(hours: number): string {
  const isDays = hours % 24 === 0
  const count = isDays ? hours / 24 : hours
  return `${count} ${isDays ? 'day' : 'hour'}${count === 1 ? '' : 's'}`
}
