import type { volunteerReport as english } from '#i18n/en/volunteer-report.ts'

export const volunteerReport: { readonly [Key in keyof typeof english]: string } = {
  'reported.counted': 'Учтено в докладе № {number, number}, {day}',
  'reported.sentences': '{count, plural, one {На вашу запись опирается эта фраза.} few {На вашу запись опираются эти фразы.} many {На вашу запись опираются эти фразы.} other {На вашу запись опираются эти фразы.}}',
  'reported.inNumbers': 'Запись учтена в числах доклада. Ни одна фраза на неё не ссылается.',
  'reported.readThere': 'Прочитать в докладе',
  'reported.read': 'Прочитать доклад',
  'reported.home': '{count, plural, one {# ваша запись есть в докладе № {number, number}} few {# ваши записи есть в докладе № {number, number}} many {# ваших записей есть в докладе № {number, number}} other {# ваших записи есть в докладе № {number, number}}}',
  'reported.heading': 'В докладе № {number, number}',
  'reported.all': 'Все мои записи',
  'reported.away': 'Этого доклада нет в телефоне.',
  'reported.awayText': 'Опубликованный доклад можно читать здесь без связи, если его хоть раз открыли со связью.',
  'reported.again': 'Попробовать снова',
  'reported.kept': '{count, plural, one {# опубликованный доклад можно читать без связи} few {# опубликованных доклада можно читать без связи} many {# опубликованных докладов можно читать без связи} other {# опубликованного доклада можно читать без связи}}',
  'reported.keptNote': 'Занимает {size}. Если сервер ответит за десять секунд, доклад виден таким, каков он сейчас; иначе — сохранённая здесь страница, и на ней это сказано.',
}
