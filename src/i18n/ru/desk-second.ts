import type { deskSecond as english } from '#i18n/en/desk-second.ts'

export const deskSecond: { readonly [Key in keyof typeof english]: string } = {
  'queue.view.second': 'Для второго чтения',
  'queue.empty.second': 'Ничто не ждёт вашего второго чтения.',
  'queue.facet.second': 'Второе чтение',
  'facetCode.second.me': 'Ждёт меня',
  'facetCode.second.wanted': 'Ждёт второго человека',
  'facetCode.second.agreed': 'Оба сказали одно',
  'facetCode.second.differed': 'Мнения разошлись',
  'second.title': 'Вы читаете это вторым человеком.',
  'second.text': 'Решение по записи уже есть. Каким оно было, будет показано после вашего собственного. Такое же решение подтверждает первое; другое оставляет запись спорной, пока кто-нибудь не разрешит спор.',
  'history.agreed': 'второе чтение, то же решение',
  'bulk.why.second': 'ждёт второго человека, который прочтёт её отдельно',
  'campaign.second': 'Из ста решённых записей столько читает второй человек',
  'campaign.secondHint': 'Какие именно, вычисляется по ключу сервера, чтобы никто не выбирал. Одобренные цитаты в записях высокой чувствительности читаются всегда. До этого запись учитывается так, как по ней решено.',
  'campaign.secondRange': 'Целое число от 0 до 100.',
  'campaign.setting.secondReading': 'Второе чтение, из ста',
  'campaign.secondSoFar': '{count, plural, =0 {Пока ни одну запись не прочли двое.} one {Двое прочли # запись, с одинаковым решением: {agreed, number}.} few {Двое прочли # записи, с одинаковым решением: {agreed, number}.} many {Двое прочли # записей, с одинаковым решением: {agreed, number}.} other {Двое прочли # записи, с одинаковым решением: {agreed, number}.}}',
  'campaign.secondShare': 'Решения совпадают в {percent, number} случаях из ста.',
  'campaign.secondWaiting': '{count, plural, =0 {Ни одна не ждёт.} one {# запись ждёт второго человека.} few {# записи ждут второго человека.} many {# записей ждут второго человека.} other {# записи ждут второго человека.}}',
}
