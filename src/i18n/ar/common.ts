import type { common as english } from '../en/common.ts'
import type { Shape } from '../shape.ts'

export const common = {
  free: 'مجانًا',
  from: 'ابتداءً من {price}',
  doors: 'فتح الأبواب {time}',
  until: 'حتى {date}',
  comma: '، ',
  noFees: 'من دون رسوم إضافية.',
  charges: '{list}.',
  feeIncluded: 'شامل رسوم {amount} لكل تذكرة',
  withFee: 'شامل رسوم {amount}',
  taxIncluded: 'شامل {name} بنسبة {percent}',
  amountAndShare: '{amount} و{share}',
  noteCode: 'الرمز {code}: خصم {amount}',
  noteFee: 'يشمل رسوم خدمة {amount}',
  noteTax: 'يشمل {name} بنسبة {percent}: {amount}',
} as const satisfies Shape<typeof english>
