import { expect, test } from 'vitest'
import { shareCodesOf } from './share-codes.ts'

test('an organiser copies a link, or the link with the script that brings it to life', () => {
  const codes = shareCodesOf(
    { path: '/events/night-train/', organiserPath: '/organiser/mill/' },
    'https://tickets.example',
  )
  expect(codes.map(({ code }) => code)).toEqual([
    '<a href="https://tickets.example/events/night-train/">Tickets</a>',
    '<marquee-tickets><a href="https://tickets.example/events/night-train/">Tickets</a></marquee-tickets>\n' +
      '<script async src="https://tickets.example/widget.js"></script>',
    '<marquee-tickets><a href="https://tickets.example/organiser/mill/">Tickets</a></marquee-tickets>\n' +
      '<script async src="https://tickets.example/widget.js"></script>',
  ])
})
