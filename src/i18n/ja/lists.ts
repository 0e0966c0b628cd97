import type { lists as english } from '../en/lists.ts'
import type { Shape } from '../shape.ts'

export const lists = {
  whatsOn: 'イベント',
  title: '{about}のイベント',
  monthTitle: '{month}の{about}',
  monthTitleOfAll: '{month}のイベント',
  monthDescription: '{title}。日時、会場、料金をご案内します。',
  categoryDescription: '各都市の{category}イベント。日時、会場、料金をご案内します。',
  cityDescription: '{city}のコンサート、演劇、トークなど。日時、会場、料金をご案内します。',
  byMonth: '月別',
  otherMonths: 'ほかの月',
  nothingHere: '現在ここにお知らせできるイベントはありません。{link}か、またお越しください。',
  lookElsewhere: 'ほかを見る',
  nextOnly: '近日開催のイベントです。上の各月に、発表済みのすべてのイベントがあります。',
  organiser: '主催',
  eventsBy: '{name}のイベント',
  nothingFromOrganiser: '現在お知らせできるイベントはありません。またお越しください。',
  earlier: 'これまでのイベント',
} as const satisfies Shape<typeof english>
