import type { refusals as english } from '../en/refusals.ts'
import type { Shape } from '../shape.ts'

export const refusals = {
  sold_out: {
    title: 'ただいま完売しました',
    text: 'ほかの方が一足先に購入されました。下の残っているチケットからお選びください。入力内容は保存されています。',
  },
  too_few_left: {
    title: 'お選びの枚数より残りが少なくなっています',
    text: '枚数を減らしてもう一度お試しください。入力内容は保存されています。',
  },
  too_many_per_order: {
    title: '1回のご注文の上限を超えています',
    text: '枚数を減らしてもう一度お試しください。入力内容は保存されています。',
  },
  sales_ended: { title: '販売は終了しました', text: 'このチケットはもうお求めいただけません。' },
  sales_not_started: { title: '販売はまだ始まっていません', text: '販売開始後にもう一度お越しください。' },
  event_not_on_sale: { title: 'このイベントは販売していません', text: '料金は請求されていません。' },
  too_many_per_buyer: {
    title: 'このメールアドレスの購入上限に達しています',
    text: '主催者により、お一人あたりの枚数が制限されています（以前のご注文を含みます）。枚数を減らしてください。',
  },
  payment_unavailable: {
    title: '決済ページにつながりません',
    text: 'チケットは確保されています。少し待ってもう一度お試しください。二重に購入されることはありません。',
  },
  offline: {
    title: 'オフラインのようです',
    text: '料金は請求されていません。接続後にもう一度お試しください。二重に購入されることはありません。入力内容は保存されています。',
  },
  too_busy: {
    title: 'ただいまアクセスが集中しています',
    text: 'このページのままお待ちください。自動で再試行します。あとから来た方が先になることはありません。',
  },
  price_changed: {
    title: '料金が変わりました',
    text: '料金は請求されていません。下の合計が新しい金額です。このままお支払いになるか、チケットを変更してください。入力内容は保存されています。',
  },
  unknown_code: {
    title: 'このコードは登録されていません',
    text: '入力をご確認いただくか、コードなしでご購入ください。',
  },
  code_used_up: {
    title: 'このコードは使用回数の上限に達しました',
    text: 'この枚数にはお使いいただけません。枚数を減らすか、コードなしでご購入ください。',
  },
  code_not_valid_now: {
    title: 'このコードは現在ご利用いただけません',
    text: '後ほどお試しいただくか、コードなしでご購入ください。',
  },
  code_not_for_these: {
    title: 'このコードは別のチケット用です',
    text: '対象のチケットをお選びいただくか、コードなしでご購入ください。',
  },
  total_too_small: {
    title: '金額が少なすぎてお支払いいただけません',
    text: 'カードではこの金額を決済できません。チケットを追加するか、コードなしでご購入ください。',
  },
  invalid_request: { title: '次の項目をご確認ください', text: '' },
  hold_expired: {
    title: 'お支払いの時間が過ぎました',
    text: '料金は請求されていません。もう一度チケットをお選びください。',
  },
  order_not_payable: { title: 'このご注文はお支払いいただけなくなりました', text: 'これ以上の請求はありません。' },
  not_cancellable: { title: 'このご注文はキャンセルできなくなりました', text: '' },
  hold_already_extended: { title: 'お時間はすでに延長されています', text: '時間内にお支払いください。' },
  unknown: {
    title: '処理できませんでした',
    text: '料金は請求されていません。もう一度お試しください。二重に購入されることはありません。',
  },
  unknownNumber: '解決しない場合は、この番号をお知らせください：{id}',
} as const satisfies Shape<typeof english>
