import type { lists as english } from '../en/lists.ts'
import type { Shape } from '../shape.ts'

export const lists = {
  whatsOn: 'الفعاليات',
  title: '{about}: الفعاليات',
  monthTitle: '{about} في {month}',
  monthTitleOfAll: 'فعاليات {month}',
  monthDescription: '{title}: فعاليات بمواعيدها وأماكنها وأسعارها.',
  categoryDescription: '{category} في كل المدن، بالمواعيد والأماكن والأسعار.',
  cityDescription: 'حفلات ومسرحيات ومحاضرات وغيرها في {city}، بالمواعيد والأماكن والأسعار.',
  byMonth: 'حسب الشهر',
  otherMonths: 'أشهر أخرى',
  nothingHere: 'لا توجد فعاليات معلنة هنا الآن. {link} أو عد إلينا قريبًا.',
  lookElsewhere: 'ابحث في مكان آخر',
  nextOnly: 'هذه أقرب الفعاليات. تجد كل ما أُعلن عنه في الأشهر أعلاه.',
  organiser: 'المنظّم',
  eventsBy: 'فعاليات {name}',
  nothingFromOrganiser: 'لا توجد فعاليات معلنة الآن. عد إلينا قريبًا.',
  earlier: 'فعاليات سابقة',
} as const satisfies Shape<typeof english>
