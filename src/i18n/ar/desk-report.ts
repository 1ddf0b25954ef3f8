import type { deskReport as english } from '#i18n/en/desk-report.ts'

/** Our own translation, to be read by a native speaker. */
export const deskReport: { readonly [Key in keyof typeof english]: string } = {
  'bar.report': 'التقرير',
  'reports.title': 'التقرير',
  'reports.protects': 'الأماكن أقاليم، ولا يرد فيه اسم، ولا تُعرض الأعداد دون الخمسة، والمدخلات الحساسة تُعدّ فقط.',
  'reports.language': 'لغة التقرير',
  'reports.open': 'افتح الصفحة',
  'reports.save': 'احفظ في ملف',
  'reports.word': 'احفظ لبرنامج Word',
  'reports.print': 'لملف PDF افتح الصفحة واطبعها.',
  'reports.making': 'يُعدّ التقرير…',
  'reports.saved': 'حُفظ {name}.',
}
