/** What a buyer is told when the server refuses, by the refusal's code. */
export const refusals = {
  sold_out: {
    title: 'Those tickets have just sold out',
    text: 'Somebody was a moment faster. Choose from what is left below. What you typed is kept.',
  },
  too_few_left: {
    title: 'Fewer tickets are left than you chose',
    text: 'Lower the number and try again. What you typed is kept.',
  },
  too_many_per_order: {
    title: 'That is more than one order may hold',
    text: 'Lower the number and try again. What you typed is kept.',
  },
  sales_ended: { title: 'Sales have ended', text: 'These tickets can no longer be bought here.' },
  sales_not_started: { title: 'Sales have not started yet', text: 'Come back when they do.' },
  event_not_on_sale: { title: 'This event is not on sale', text: 'Nothing was charged.' },
  too_many_per_buyer: {
    title: 'This e-mail address has reached its limit',
    text: 'The organiser limits how many tickets one person can buy, earlier orders included. Choose fewer.',
  },
  payment_unavailable: {
    title: 'The payment page does not answer',
    text: 'Your tickets are kept for you. Try again in a moment; you will not buy twice.',
  },
  offline: {
    title: 'You seem to be offline',
    text: 'Nothing was charged. Try again when you are connected; you will not buy twice. What you typed is kept.',
  },
  too_busy: {
    title: 'Many people are buying right now',
    text: 'Stay on this page: we ask again for you. Nobody behind you is served first.',
  },
  price_changed: {
    title: 'The price has changed',
    text: 'Nothing was charged. The total below is the new one: pay it, or change your tickets. What you typed is kept.',
  },
  unknown_code: { title: 'We do not know this code', text: 'Check its spelling, or buy without it.' },
  code_used_up: {
    title: 'This code has been used up',
    text: 'It has no use left for so many tickets. Choose fewer, or buy without it.',
  },
  code_not_valid_now: { title: 'This code is not valid today', text: 'Try it later, or buy without it.' },
  code_not_for_these: {
    title: 'This code is for other tickets',
    text: 'Choose tickets that it is for, or buy without it.',
  },
  total_too_small: {
    title: 'This order costs too little to be paid',
    text: 'Cards cannot pay so small an amount. Add a ticket, or buy without the code.',
  },
  invalid_request: { title: 'Please check these fields', text: '' },
  hold_expired: {
    title: 'The time to pay is over',
    text: 'Nothing was charged. Choose your tickets again.',
  },
  order_not_payable: { title: 'This order can no longer be paid', text: 'Nothing more was charged.' },
  not_cancellable: { title: 'This order can no longer be cancelled', text: '' },
  hold_already_extended: { title: 'The time was extended already', text: 'Please pay before it is over.' },
  unknown: { title: 'That did not work', text: 'Nothing was charged. Try again; you will not buy twice.' },
  unknownNumber: 'If it stays, name this number: {id}',
} as const
