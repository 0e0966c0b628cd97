import type { event as english } from '../en/event.ts'
import type { Shape } from '../shape.ts'

export const event = {
  by: '主催：{link}',
  tickets: 'チケット',
  ticketsFrom: 'チケット {price}から',
  ticketsFree: 'チケット 無料',
  cancelledText:
    'このイベントは主催者により中止されました。チケットをご購入の方には全額返金いたします。お手続きは不要です。',
  thisWasIt: '終了しました',
  overText: 'このイベントは終了しました。チケットの販売はありません。',
  whatElse: '{city}のほかのイベント',
  about: 'イベントについて',
  accessibility: 'アクセシビリティ',
  ifPlansChange: 'ご都合が変わったとき',
  policyNone: 'ご購入後のキャンセルはできません。主催者がイベントを中止した場合は返金いたします。',
  policyStart: '開演までキャンセルでき、代金をお返しします。主催者がイベントを中止した場合は必ず返金いたします。',
  policyDays: {
    other:
      '開演の{count}日前までキャンセルでき、代金をお返しします。主催者がイベントを中止した場合は必ず返金いたします。',
  },
  policyHours: {
    other:
      '開演の{count}時間前までキャンセルでき、代金をお返しします。主催者がイベントを中止した場合は必ず返金いたします。',
  },
  keepLooking: 'ほかにも',
  cityInMonth: '{month}の{city}',
  moreOf: '{category}をもっと見る',
  allFrom: '{name}のすべて',
  when: '日時',
  where: '会場',
  timeIn: '{zone}の時刻',
  movedFrom: '{link}から変更になりました',
  addToCalendar: 'カレンダーに追加',
  showOnMap: '地図で見る',
  haveCode: 'コードをお持ちですか？',
  code: 'コード',
  apply: '適用',
  noScript: '料金はこちらです。ご購入には、このサイトでJavaScriptを有効にしてください。',
  checkOut: '購入手続きへ',
  keptFor: 'お支払いの間、チケットは{minutes}分間確保されます。',
  stopWaiting: '待つのをやめる',
  yourDetails: 'お客様の情報',
  changeTickets: 'チケットを変更',
  yourName: 'お名前',
  email: 'メールアドレス',
  emailHint: 'チケットをお送りします。それ以外には使いません。',
  otherNames: 'チケットに別のお名前を入れる（任意）',
  pay: '支払う',
  accept: '安全なページでお支払いのあと、すぐにこちらへ戻ります。ご購入により{link}に同意したものとみなします。',
  acceptTerms: '利用規約',
} as const satisfies Shape<typeof english>
