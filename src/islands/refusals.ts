import type { Problem } from '#contracts/common.ts'

export interface Advice {
  readonly title: string
  readonly text: string
  /** Where the buyer can do something about it. */
  readonly step: 'choose' | 'details'
}

const kept = 'What you typed is kept.'

const advices: Readonly<Record<string, Advice>> = {
  sold_out: {
    title: 'Those tickets have just sold out',
    text: `Somebody was a moment faster. Choose from what is left below. ${kept}`,
    step: 'choose',
  },
  too_few_left: {
    title: 'Fewer tickets are left than you chose',
    text: `Lower the number and try again. ${kept}`,
    step: 'choose',
  },
  too_many_per_order: {
    title: 'That is more than one order may hold',
    text: `Lower the number and try again. ${kept}`,
    step: 'choose',
  },
  sales_ended: { title: 'Sales have ended', text: 'These tickets can no longer be bought here.', step: 'choose' },
  sales_not_started: { title: 'Sales have not started yet', text: 'Come back when they do.', step: 'choose' },
  event_not_on_sale: { title: 'This event is not on sale', text: 'Nothing was charged.', step: 'choose' },
  too_many_per_buyer: {
    title: 'This e-mail address has reached its limit',
    text: 'The organiser limits how many tickets one person can buy, earlier orders included. Choose fewer.',
    step: 'choose',
  },
  payment_unavailable: {
    title: 'The payment page does not answer',
    text: 'Your tickets are kept for you. Try again in a moment; you will not buy twice.',
    step: 'details',
  },
  offline: {
    title: 'You seem to be offline',
    text: `Nothing was charged. Try again when you are connected; you will not buy twice. ${kept}`,
    step: 'details',
  },
  too_busy: {
    title: 'Many people are buying right now',
    text: 'Stay on this page: we ask again for you. Nobody behind you is served first.',
    step: 'details',
  },
  price_changed: {
    title: 'The price has changed',
    text: `Nothing was charged. The total below is the new one: pay it, or change your tickets. ${kept}`,
    step: 'details',
  },
  unknown_code: { title: 'We do not know this code', text: 'Check its spelling, or buy without it.', step: 'choose' },
  code_used_up: {
    title: 'This code has been used up',
    text: 'It has no use left for so many tickets. Choose fewer, or buy without it.',
    step: 'choose',
  },
  code_not_valid_now: {
    title: 'This code is not valid today',
    text: 'Try it later, or buy without it.',
    step: 'choose',
  },
  code_not_for_these: {
    title: 'This code is for other tickets',
    text: 'Choose tickets that it is for, or buy without it.',
    step: 'choose',
  },
  total_too_small: {
    title: 'This order costs too little to be paid',
    text: 'Cards cannot pay so small an amount. Add a ticket, or buy without the code.',
    step: 'choose',
  },
  invalid_request: { title: 'Please check these fields', text: '', step: 'details' },
}

/** What to tell a buyer whose order was refused, and where to continue. */
export const adviceOn = ({ code, title, requestId }: Problem): Advice =>
  advices[code] ?? {
    title,
    text: `Nothing was charged. Try again; you will not buy twice.${requestId ? ` If it stays, name this number: ${requestId}` : ''}`,
    step: 'details',
  }
