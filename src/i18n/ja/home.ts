import type { home as english } from '../en/home.ts'
import type { Shape } from '../shape.ts'

export const home = {
  title: 'Marquee：もっと出かけよう',
  description: 'コンサート、演劇、トーク、食のイベントを、独立した主催者から直接。表示価格がそのままお支払い金額です。',
  heading: 'もっと出かけよう',
  lede: 'コンサート、演劇、トーク、食のイベントを、主催者から直接お届けします。表示価格がそのままお支払い金額。会員登録はいりません。',
  seeWhatsOn: 'イベントを見る',
  sellTickets: 'チケットを販売する',
  nowBooking: '発売中',
  comingUp: 'これからのイベント',
  allOf: '{month}のすべて',
  nothing: '現在お知らせできるイベントはありません。またお越しください。',
  mood: '今日はどんな気分ですか？',
  whereTo: 'どちらへ？',
  howItWorks: 'ご利用の流れ',
  goingOut: 'お出かけになる方へ',
  goingOutFirst: 'チケットを選びます。お支払いの間は確保されますので、ほかの方に先を越されることはありません。',
  goingOutSecond: '安全なページでカード決済。会員登録もパスワードも、最後に加わる手数料もありません。',
  goingOutThird: 'チケットはすぐに画面に表示され、PDFでもメールに届きます。当日は入口でコードをお見せください。',
  findSomething: 'イベントを探す',
  puttingOn: '主催される方へ',
  puttingOnFirst: 'イベントの内容、券種、定員を入力して公開します。ページは1秒以内に公開されます。',
  puttingOnSecond: '販売数は常に正確です。200人が同時に購入しても、最後の1席が二重に売れることはありません。',
  puttingOnThird: '入口ではお手持ちのスマートフォンで読み取れます。名簿も売上もデータも主催者のものです。',
  openDesk: '管理画面を開く',
} as const satisfies Shape<typeof english>
