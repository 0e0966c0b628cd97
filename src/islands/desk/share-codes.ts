import type { OrganiserEvent } from '#contracts/events.ts'

export interface ShareCode {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly code: string
}

/** What an organiser puts on a page of his own: HTML to be copied. */
export function shareCodesOf(
  { path, organiserPath }: Pick<OrganiserEvent, 'path' | 'organiserPath'>,
  origin: string,
): ShareCode[] {
  const widget = (to: string) =>
    `<marquee-tickets><a href="${origin}${to}">Tickets</a></marquee-tickets>\n<script async src="${origin}/widget.js"></script>`
  return [
    {
      ...{ id: 'share-link', label: 'A plain link', code: `<a href="${origin}${path}">Tickets</a>` },
      hint: 'Works everywhere, also in a newsletter.',
    },
    {
      ...{ id: 'share-event', label: 'This event, with what is left', code: widget(path) },
      hint: 'Shows date, price and whether there are tickets at this moment. Where scripts are not allowed, the link stands alone.',
    },
    {
      ...{ id: 'share-all', label: 'Everything you put on', code: widget(organiserPath) },
      hint: 'Your next five events; count="10" on the first tag shows ten. It sets no cookie and needs no consent.',
    },
  ]
}
