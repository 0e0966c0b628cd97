import type { account as english } from '../en/account.ts'
import type { Shape } from '../shape.ts'

export const account = {
  title: 'تذاكري',
  description: 'طلباتك وتذاكرك.',
  desk: 'لوحة المنظّم',
  signOut: 'تسجيل الخروج',
  loading: 'جارٍ البحث عن تذاكرك…',
  signedOut: 'سجّل الدخول لترى تذاكرك',
  signedOutText:
    'سجّل الدخول بالعنوان الذي اشتريت به. هل اشتريت ضيفًا بلا حساب؟ الرابط في رسالتك يفتح تذاكرك، وإن أنشأت حسابًا بالعنوان نفسه ظهرت هنا.',
  signIn: 'تسجيل الدخول',
  failed: 'تعذّر تحميل تذاكرك',
  offline: 'لا يوجد اتصال. حاول مرة أخرى عند عودته.',
  fault: 'لم ينجح ذلك. حاول مرة أخرى بعد قليل.',
  again: 'حاول مرة أخرى',
  empty: 'لا طلبات بهذا العنوان بعد. {link}',
  whatsOn: 'تصفّح الفعاليات',
  more: 'عرض المزيد',
  noScript: 'تحتاج هذه الصفحة إلى JavaScript. الرابط في رسالتك يفتح تذاكرك أيضًا.',
  line: '{quantity} × {name}',
  status: {
    held: 'بانتظار الدفع',
    paid: 'مدفوع',
    partly_refunded: 'رُدّ جزئيًا',
    refunded: 'رُدّ المبلغ',
    cancelled: 'أُلغي',
    expired: 'انتهت مهلته',
  },
} as const satisfies Shape<typeof english>
