import type { common as english } from '../en/common.ts'
import type { Shape } from '../shape.ts'

export const common = {
  free: '無料',
  from: '{price}から',
  doors: '開場 {time}',
  until: '{date}まで',
  comma: '、',
  noFees: '追加の手数料はかかりません。',
  charges: '{list}。',
  feeIncluded: '1枚につき手数料{amount}込み',
  withFee: '手数料{amount}込み',
  taxIncluded: '{name}{percent}込み',
  amountAndShare: '{amount}と{share}',
  noteCode: 'コード {code}：{amount}引き',
  noteFee: '手数料{amount}を含みます',
  noteTax: '{name}{percent}（{amount}）を含みます',
} as const satisfies Shape<typeof english>
