import type { account as english } from '../en/account.ts'
import type { Shape } from '../shape.ts'

export const account = {
  title: 'マイチケット',
  description: 'ご注文とチケット。',
  desk: '管理画面',
  signOut: 'ログアウト',
  loading: 'チケットを読み込んでいます…',
  signedOut: 'ログインしてチケットを見る',
  signedOutText:
    'ご購入時のメールアドレスでログインしてください。会員登録なしでご購入の方は、メールのリンクからチケットを開けます。同じアドレスで登録すると、ここにも表示されます。',
  signIn: 'ログイン',
  failed: 'チケットを読み込めませんでした',
  offline: '接続がありません。オンラインになってからもう一度お試しください。',
  fault: 'うまくいきませんでした。少し待ってからもう一度お試しください。',
  again: 'もう一度試す',
  empty: 'このアドレスでのご注文はまだありません。{link}',
  whatsOn: 'イベントを見る',
  more: 'さらに表示',
  noScript: 'このページにはJavaScriptが必要です。メールのリンクからもチケットを開けます。',
  line: '{name} × {quantity}',
  status: {
    held: 'お支払い待ち',
    paid: 'お支払い済み',
    partly_refunded: '一部返金済み',
    refunded: '返金済み',
    cancelled: 'キャンセル済み',
    expired: '期限切れ',
  },
} as const satisfies Shape<typeof english>
