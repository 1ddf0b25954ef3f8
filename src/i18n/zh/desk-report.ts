import type { deskReport as english } from '#i18n/en/desk-report.ts'

/** Our own translation, to be read by a native speaker. */
export const deskReport: { readonly [Key in keyof typeof english]: string } = {
  'bar.report': '报告书',
  'reports.title': '报告书',
  'reports.protects': '地点只到地区，不出现姓名，小于五的数字不显示，敏感记录只计数。',
  'reports.language': '报告书语言',
  'reports.open': '打开页面',
  'reports.save': '保存为文件',
  'reports.word': '保存为 Word 文档',
  'reports.print': '如需 PDF，打开页面后打印。',
  'reports.making': '正在生成报告书……',
  'reports.saved': '{name} 已保存。',
}
