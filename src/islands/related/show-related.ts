import { localeOf, parseLanguage } from '#domain/languages.ts'
import { callApi } from '#src/api/client.ts'
import { dayAndClock } from '../../components/when.ts'
import { feedAnswer, nearbyEvents } from './nearby-feed.ts'
import { type NearbyEvent, relatedTo } from './related-to.ts'

const shown = 3

/**
 * Fills a page's list of related events from a feed that is answered on read: the page's own bytes name no other event, so that an edit of
 * one need not publish the pages of its neighbours.
 */
export async function showRelated(list: HTMLElement): Promise<void> {
  const { feed = '', path = '', organiser = '', category = '' } = list.dataset
  const template = list.querySelector('template')
  const answer = await callApi(feed, feedAnswer)
  if (!answer.ok || !template) return
  const now = new Date().toISOString()
  const events = relatedTo({ path, organiser, category }, nearbyEvents(answer.value), now, shown)
  list.append(...events.map((event) => itemOf(template, event)))
}

function itemOf(template: HTMLTemplateElement, event: NearbyEvent): Node {
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

const whenText = ({ startsAt, timeZone }: NearbyEvent): string =>
  dayAndClock(startsAt, timeZone, localeOf[parseLanguage(document.documentElement.lang)])
