import type { CommonMessages } from '#i18n/load.ts'

export const common: CommonMessages = {
  'app.name': 'Terrain',
  'app.opening': 'جارٍ الفتح …',
  'update.ready': 'هناك إصدار جديد جاهز.',
  'update.now': 'افتح الإصدار الجديد',
  'update.later': 'لاحقًا',
  'update.waits': 'ما تكتبه محفوظ. ينتظر الإصدار الجديد حتى تنتهي.',
  'offline.ready': 'صار Terrain يفتح من دون اتصال أيضًا.',
  'failure.title': 'توقف Terrain هنا',
  'failure.safe': 'ما حفظته ما زال على هذا الهاتف. لم يُحذف شيء.',
  'failure.do': 'افتح Terrain من جديد. إذا توقف مرة أخرى فاحفظ ما لم يُرسل في ملف وسلّمه إلى منسقك.',
  'failure.again': 'افتح من جديد',
  'failure.saveFile': 'احفظ كل ما لم يُرسل في ملف',
  'failure.details': 'تفاصيل لمن يصلح العطل',
  'failure.closed': 'أغلق الهاتف مخزن Terrain. افتح Terrain من جديد، فما حفظته ما زال موجودًا.',
  'install.title': 'أبقِ Terrain على هذا الهاتف',
  'install.text': 'يفتح عندها مثل أي تطبيق آخر، ويحفظ الهاتف بياناته بأمان أكبر.',
  'install.now': 'ثبّت',
  'install.later': 'ليس الآن',
}
