import type { deskReport as english } from '#i18n/en/desk-report.ts'

/** Our own translation, to be read by a native speaker. */
export const deskReport: { readonly [Key in keyof typeof english]: string } = {
  'bar.report': 'Доклад',
  'reports.title': 'Доклад',
  'reports.protects': 'Места — это регионы, имён в нём нет, числа меньше пяти не показаны, а чувствительные записи только посчитаны.',
  'reports.language': 'Язык доклада',
  'reports.open': 'Открыть страницу',
  'reports.save': 'Сохранить файлом',
  'reports.word': 'Сохранить для Word',
  'reports.print': 'Чтобы получить PDF, откройте страницу и напечатайте её.',
  'reports.making': 'Доклад составляется…',
  'reports.saved': '{name} сохранён.',
}
