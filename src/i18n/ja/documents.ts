import type { documents as english } from '../en/documents.ts'
import type { Shape } from '../shape.ts'

export const documents = {
  confirmSubject: { other: 'チケットのお届け：{event}' },
  confirmText: {
    other:
      'チケットを添付しました。当日、QRコードをスマートフォンまたは紙で入口にてご提示ください。1つのコードで1名様、1回限りご入場いただけます。',
  },
  share: 'このリンクやコードをお持ちの方は誰でもご注文を利用できます。ご同行の方以外には共有しないでください。',
  seeTickets: { other: 'チケットを見る' },
  seeOrder: '注文を見る',
  when: '日時',
  where: '会場',
  doors: '開場 {time}',
  total: '合計',
  free: '無料',
  noteCode: 'コード {code} による割引',
  noteFee: 'うち手数料',
  noteTax: 'うち{name}{percent}',
  order: '注文番号 {id}',
  cancelled: '中止',
  cancelledSubject: '中止のお知らせ：{event}',
  cancelledText:
    '申し訳ございません。主催者によりこのイベントは中止となりました。チケットは無効となりますので、会場へはお越しにならないようお願いいたします。',
  returning: 'お支払いに使われたカードまたは口座へ{amount}を返金いたします。反映まで最大10日かかることがあります。',
  refundSubject: '{amount}の返金：{event}',
  endedSubject: 'チケット取り消しのお知らせ：{event}',
  ended: '主催者により、ご注文のチケットが取り消されました。取り消されたチケットではご入場いただけません。',
  noTicketsSubject: 'チケットをご用意できず返金いたします：{event}',
  no_tickets:
    '申し訳ございません。お支払いが期限後に届き、チケットはほかの方に販売されました。このイベントのチケットはございません。',
  duplicate: '1つのご注文に二重にお支払いいただきました。2回目のお支払いは返金いたします。チケットは引き続き有効です。',
  requested: 'ご希望のとおり返金の手続きをいたしました。返金されたチケットではご入場いただけません。',
  by_organiser: '主催者より返金がありました。返金されたチケットではご入場いただけません。',
  at_provider: '主催者より返金がありました。全額の場合、チケットではご入場いただけません。',
  event_cancelled:
    'お支払いが届く前に、主催者によりイベントが中止されていました。チケットはございませんので、会場へはお越しにならないようお願いいたします。',
  ticketWhen: '日時',
  ticketWhere: '会場',
  ticketName: 'お名前',
  ticketType: '券種',
  admits: '1名様・1回限り有効です。先にコードを提示した方が入場できますので、他人に見せないでください。',
} as const satisfies Shape<typeof english>
