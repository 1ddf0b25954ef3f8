import type { volunteerReport as english } from '#i18n/en/volunteer-report.ts'

export const volunteerReport: { readonly [Key in keyof typeof english]: string } = {
  'reported.counted': 'احتُسب في التقرير رقم {number, number}، {day}',
  'reported.sentences': '{count, plural, zero {يستند التقرير إلى مدخلك.} one {تستند هذه الجملة إلى مدخلك.} two {تستند هاتان الجملتان إلى مدخلك.} few {تستند هذه الجمل إلى مدخلك.} many {تستند هذه الجمل إلى مدخلك.} other {تستند هذه الجمل إلى مدخلك.}}',
  'reported.inNumbers': 'هو ضمن أرقام التقرير. لا تستشهد به أي جملة.',
  'reported.readThere': 'اقرأها في التقرير',
  'reported.read': 'اقرأ التقرير',
  'reported.home': '{count, plural, zero {لا شيء من مدخلاتك في التقرير رقم {number, number}} one {مدخل واحد من مدخلاتك في التقرير رقم {number, number}} two {مدخلان من مدخلاتك في التقرير رقم {number, number}} few {# مدخلات من مدخلاتك في التقرير رقم {number, number}} many {# مدخلًا من مدخلاتك في التقرير رقم {number, number}} other {# مدخل من مدخلاتك في التقرير رقم {number, number}}}',
  'reported.heading': 'في التقرير رقم {number, number}',
  'reported.all': 'كل مدخلاتي',
  'reported.away': 'هذا التقرير ليس على هذا الهاتف.',
  'reported.awayText': 'يمكن قراءة التقرير المنشور هنا بلا اتصال بعد أن يُفتح مرة مع اتصال.',
  'reported.again': 'حاول مرة أخرى',
  'reported.kept': '{count, plural, zero {لا تقارير منشورة يمكن قراءتها بلا اتصال} one {تقرير منشور واحد يمكن قراءته بلا اتصال} two {تقريران منشوران يمكن قراءتهما بلا اتصال} few {# تقارير منشورة يمكن قراءتها بلا اتصال} many {# تقريرًا منشورًا يمكن قراءتها بلا اتصال} other {# تقرير منشور يمكن قراءتها بلا اتصال}}',
  'reported.keptNote': 'يأخذ {size}. إن أجاب الخادم خلال عشر ثوان رأيت التقرير كما هو الآن، وإلا فالصفحة المحفوظة هنا، وهي تقول ذلك.',
}
