/** Prices, times and charges: what pages and islands both say. */
export const common = {
  free: 'Free',
  from: 'From {price}',
  doors: 'Doors {time}',
  until: 'Until {date}',
  comma: ', ',
  noFees: 'No fees on top.',
  charges: '{list}.',
  feeIncluded: 'incl. {amount} fee a ticket',
  withFee: 'incl. {amount} fee',
  taxIncluded: 'incl. {percent} {name}',
  amountAndShare: '{amount} and {share}',
  noteCode: 'Code {code}: {amount} off',
  noteFee: 'Incl. service fee {amount}',
  noteTax: 'Incl. {percent} {name} {amount}',
} as const
