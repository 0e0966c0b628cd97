import { callApi } from '#src/api/client.ts'
import { eventOf, type FoundEvent, shardAnswer } from '../search/found-event.ts'
import { relatedTo } from './related-to.ts'

const shown = 3

/**
 * Fills a page's list of related events from the search's file of its city, when the reader comes near: the page's own bytes name no other
 * event, so that an edit of one need not publish the pages of its neighbours.
 */
export function showRelated(list: HTMLElement): void {
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return
      observer.disconnect()
      void fill(list)
    },
    { rootMargin: '800px' },
  )
  observer.observe(list)
}

async function fill(list: HTMLElement): Promise<void> {
  const { shard = '', slug = '', organiser = '', category = '' } = list.dataset
  const template = list.querySelector('template')
  const answer = await callApi(shard, shardAnswer)
  if (!answer.ok || !template) return
  const events = relatedTo(
    { slug, organiser, category },
    answer.value.rows.map(eventOf),
    new Date().toISOString(),
    shown,
  )
  list.append(...events.map((event) => itemOf(template, event)))
}

function itemOf(template: HTMLTemplateElement, event: FoundEvent): Node {
  const item = document.importNode(template.content, true)
  const say = (name: string, text: string) => {
    const place = item.querySelector(`.related-${name}`)
    if (place) place.textContent = text
  }
  say('when', whenText(event))
  say('name', event.name)
  say('where', event.venueName)
  item.querySelector('a')?.setAttribute('href', event.path)
  return item
}

const whenText = ({ startsAt, timeZone }: FoundEvent): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    ...({ weekday: 'short', day: 'numeric', month: 'short' } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const),
  }).format(new Date(startsAt))
