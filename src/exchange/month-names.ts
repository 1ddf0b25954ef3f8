/** What the months are called and shortened to in the six languages, from January on: Arabic in Egypt, the Levant and the Maghreb, Russian in two cases. */
const names: readonly (readonly string[])[] = [
  ['january', 'jan', 'janvier', 'janv', 'enero', 'ene', 'январь', 'января', 'янв', 'يناير', 'كانون الثاني', 'جانفي'],
  ['february', 'feb', 'février', 'févr', 'fév', 'febrero', 'февраль', 'февраля', 'февр', 'фев', 'فبراير', 'شباط', 'فيفري'],
  ['march', 'mar', 'mars', 'marzo', 'март', 'марта', 'мар', 'مارس', 'آذار'],
  ['april', 'apr', 'avril', 'avr', 'abril', 'abr', 'апрель', 'апреля', 'апр', 'أبريل', 'إبريل', 'نيسان', 'أفريل'],
  ['may', 'mai', 'mayo', 'май', 'мая', 'مايو', 'أيار', 'ماي'],
  ['june', 'jun', 'juin', 'junio', 'июнь', 'июня', 'июн', 'يونيو', 'يونيه', 'حزيران', 'جوان'],
  ['july', 'jul', 'juillet', 'juil', 'julio', 'июль', 'июля', 'июл', 'يوليو', 'يوليه', 'تموز', 'جويلية', 'يوليوز'],
  ['august', 'aug', 'août', 'agosto', 'ago', 'август', 'августа', 'авг', 'أغسطس', 'آب', 'أوت', 'غشت'],
  ['september', 'sep', 'sept', 'septembre', 'septiembre', 'setiembre', 'set', 'сентябрь', 'сентября', 'сент', 'сен', 'سبتمبر', 'أيلول', 'شتنبر'],
  ['october', 'oct', 'octobre', 'octubre', 'октябрь', 'октября', 'окт', 'أكتوبر', 'تشرين الأول', 'تشرين الاول'],
  ['november', 'nov', 'novembre', 'noviembre', 'ноябрь', 'ноября', 'нояб', 'ноя', 'نوفمبر', 'تشرين الثاني', 'نونبر'],
  ['december', 'dec', 'décembre', 'déc', 'diciembre', 'dic', 'декабрь', 'декабря', 'дек', 'ديسمبر', 'كانون الأول', 'كانون الاول', 'دجنبر'],
]

const numberOf = new Map(names.flatMap((all, at) => all.map((name) => [folded(name), String(at + 1)] as const)))
const anyName = new RegExp(`(?<!\\p{L})(?:${[...numberOf.keys()].toSorted((a, b) => b.length - a.length).join('|')})(?!\\p{L})`, 'gu')

/** The one month that is named in a text, from 1 to 12, and what stands before and behind it; null where none is, or two are. */
export function monthIn(text: string): { readonly month: string; readonly before: string; readonly behind: string } | null {
  const plain = folded(text)
  const [found, another] = [...plain.matchAll(anyName)]
  const month = found === undefined ? undefined : numberOf.get(found[0])
  if (found === undefined || month === undefined || another !== undefined) return null
  return { month, before: plain.slice(0, found.index), behind: plain.slice(found.index + found[0].length) }
}

/** Without case and marks, Arabic without hamza on its alef. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/gu, ' ')
}
