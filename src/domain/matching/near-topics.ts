import type { Topic } from '#domain/codes/code-lists.ts'

/** Topics under which two people may file the same thing. */
const groups: readonly (readonly Topic[])[] = [
  ['EDU', 'ECC', 'INF'], ['HEA', 'MHP', 'WSH'], ['FSC', 'LIV'], ['SOC', 'DIS', 'PRO', 'MHP'], ['SHL', 'MOB', 'PRO'], ['GOV', 'DIS', 'PRO'],
  ['INF', 'MOB', 'HEA'], ['SHL', 'WSH', 'FSC'], ['CUL', 'LIV'], ['ENV', 'WSH', 'LIV'],
]

/** A topic and those near it, itself first. */
export function nearTopicsOf(topic: Topic): readonly Topic[] {
  return [...new Set([topic, ...groups.filter((group) => group.includes(topic)).flat()])]
}
