import type { deskSecond as english } from '#i18n/en/desk-second.ts'

export const deskSecond: { readonly [Key in keyof typeof english]: string } = {
  'queue.view.second': 'لقارئ ثان',
  'queue.empty.second': 'لا شيء ينتظر قراءتك الثانية.',
  'queue.facet.second': 'القراءة الثانية',
  'facetCode.second.me': 'ينتظرني',
  'facetCode.second.wanted': 'ينتظر شخصًا ثانيًا',
  'facetCode.second.agreed': 'الحكم نفسه من الاثنين',
  'facetCode.second.differed': 'اختلف الاثنان',
  'second.title': 'أنت القارئ الثاني لهذا المدخل.',
  'second.text': 'سبق أن بتّ فيه زميل. يظهر ما قاله بعد أن تعطي حكمك أنت. الحكم نفسه يؤكد حكمه، وحكم آخر يترك المدخل محل خلاف حتى يحسمه أحد.',
  'history.agreed': 'قراءة ثانية، الحكم نفسه',
  'bulk.why.second': 'ينتظر شخصًا ثانيًا يقرؤه وحده',
  'campaign.second': 'من كل مئة مدخل بُتّ فيه، يقرأ شخص ثان هذا العدد',
  'campaign.secondHint': 'يُحسب أيها بمفتاح على الخادم، فلا يختار أحد. أما الاقتباسات المعتمدة في المدخلات عالية الحساسية فتُقرأ دائمًا. وحتى ذلك الحين يُحسب المدخل كما بُتّ فيه.',
  'campaign.secondRange': 'عدد صحيح من 0 إلى 100.',
  'campaign.setting.secondReading': 'القراءة الثانية، من كل مئة',
  'campaign.secondSoFar': '{count, plural, =0 {لم يقرأ شخصان أي مدخل بعد.} one {قرأ شخصان مدخلًا واحدًا، منها {agreed, number} بالحكم نفسه.} two {قرأ شخصان مدخلين، منهما {agreed, number} بالحكم نفسه.} few {قرأ شخصان # مدخلات، منها {agreed, number} بالحكم نفسه.} many {قرأ شخصان # مدخلًا، منها {agreed, number} بالحكم نفسه.} other {قرأ شخصان # مدخل، منها {agreed, number} بالحكم نفسه.}}',
  'campaign.secondShare': 'يتفقان في {percent, number} من كل مئة.',
  'campaign.secondWaiting': '{count, plural, =0 {لا شيء ينتظر.} one {مدخل ينتظر شخصًا ثانيًا.} two {مدخلان ينتظران شخصًا ثانيًا.} few {# مدخلات تنتظر شخصًا ثانيًا.} many {# مدخلًا ينتظر شخصًا ثانيًا.} other {# مدخل ينتظر شخصًا ثانيًا.}}',
}
