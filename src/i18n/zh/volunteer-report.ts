import type { volunteerReport as english } from '#i18n/en/volunteer-report.ts'

export const volunteerReport: { readonly [Key in keyof typeof english]: string } = {
  'reported.counted': '已计入第{number, number}期报告，{day}',
  'reported.sentences': '{count, plural, other {这些句子以你的记录为依据。}}',
  'reported.inNumbers': '它计在报告的数字里，没有句子引用它。',
  'reported.readThere': '在报告中阅读',
  'reported.read': '阅读报告',
  'reported.home': '{count, plural, other {你有 # 条记录写进了第{number, number}期报告}}',
  'reported.heading': '第{number, number}期报告中的记录',
  'reported.all': '我的全部记录',
  'reported.away': '这份报告不在这部手机上。',
  'reported.awayText': '已发布的报告，在有网络时打开过一次，之后没有网络也能在这里阅读。',
  'reported.again': '再试一次',
  'reported.kept': '{count, plural, other {有 # 份已发布的报告可在没有网络时阅读}}',
  'reported.keptNote': '占 {size}。如果服务器在十秒内答复，看到的是报告现在的样子；否则是这里保存的页面，页面上会注明。',
}
