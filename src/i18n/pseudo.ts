import type { Language } from '#i18n/load.ts'

/**
 * English as a foreign tongue, for development only: accented, and about 40 % longer, as Russian or French may be. What stays plain on a
 * screen does not come from a catalogue; what is cut there will be cut in another language.
 */
export function pseudoLanguage({ messages, labels, further }: Language): Language {
  return {
    locale: 'en',
    messages: pseudoTexts(messages),
    labels: pseudoLists(labels),
    further: {
      labels: async () => pseudoLists(await further.labels()),
      screens: async () => pseudoTexts(await further.screens()),
      desk: async () => pseudoTexts(await further.desk()),
    },
  }
}

function pseudoTexts<Texts extends object>(texts: Texts): Texts {
  return mapped(texts, (text) => (typeof text === 'string' ? pseudoMessage(text) : text))
}

function pseudoLists<Lists extends object>(lists: Lists): Lists {
  return mapped(lists, (codes) => (typeof codes === 'object' && codes !== null ? pseudoTexts(codes) : codes))
}

function mapped<Values extends object>(values: Values, map: (value: unknown) => unknown): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)])) as Values
}

/** Names of values and words of the ICU syntax stay; the forms of a plural are text again. */
export function pseudoMessage(message: string): string {
  let depth = 0
  // Even depths are text, odd ones syntax: a value, or the forms of a plural.
  return message.replaceAll(/[{}]|[^{}]+/g, (part) => {
    if (part === '{') depth += 1
    else if (part === '}') depth -= 1
    else if (depth % 2 === 0) return pseudoText(part)
    return part
  })
}

const accented: Readonly<Record<string, string>> = {
  a: 'áá', e: 'éé', i: 'íí', o: 'óó', u: 'úú', y: 'ýý', A: 'ÁÁ', E: 'ÉÉ', I: 'ÍÍ', O: 'ÓÓ', U: 'ÚÚ', Y: 'ÝÝ',
  c: 'ç', d: 'ð', g: 'ĝ', h: 'ĥ', j: 'ĵ', k: 'ķ', l: 'ļ', n: 'ññ', r: 'ŕ', s: 'šš', t: 'ţ', w: 'ŵ', z: 'ž',
  C: 'Ç', D: 'Ð', G: 'Ĝ', H: 'Ĥ', J: 'Ĵ', K: 'Ķ', L: 'Ļ', N: 'Ñ', R: 'Ŕ', S: 'Š', T: 'Ţ', W: 'Ŵ', Z: 'Ž',
}

/** Doubled letters make the words longer and leave them to be broken where the English ones are. */
function pseudoText(text: string): string {
  return [...text].map((letter) => accented[letter] ?? letter).join('')
}
