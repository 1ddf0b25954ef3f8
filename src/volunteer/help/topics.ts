import type { PictureName } from '#volunteer/help/pictures.ts'

export interface HelpTopic {
  readonly id: 'record' | 'draft' | 'offline' | 'trail' | 'question' | 'harm' | 'storage' | 'handover' | 'install'
  readonly picture: PictureName
  /** How many sentences it has: `help.ID.1` and on. */
  readonly steps: 2 | 3 | 4
}

/** In the order in which people meet them. */
export const helpTopics: readonly HelpTopic[] = [
  { id: 'record', picture: 'record', steps: 3 },
  { id: 'draft', picture: 'draft', steps: 2 },
  { id: 'offline', picture: 'offline', steps: 3 },
  { id: 'trail', picture: 'trail', steps: 4 },
  { id: 'question', picture: 'question', steps: 3 },
  { id: 'harm', picture: 'harm', steps: 3 },
  { id: 'storage', picture: 'storage', steps: 3 },
  { id: 'handover', picture: 'sent', steps: 2 },
  { id: 'install', picture: 'homeScreen', steps: 2 },
]

/** The topics whose text has all the words that were typed, whatever their case and accents; where none has, those that have them in another form. */
export function topicsWith(typed: string, textOf: (topic: HelpTopic) => string): readonly HelpTopic[] {
  const words = plainOf(typed).split(/\s+/)
  const texts = helpTopics.map((topic) => ({ topic, text: plainOf(textOf(topic)) }))
  const having = (parts: readonly string[]) => texts.filter(({ text }) => parts.every((part) => text.includes(part))).map(({ topic }) => topic)
  const exact = having(words)
  return exact.length > 0 ? exact : having(words.map(stemOf))
}

/** Less of its end, and no Arabic article: “photo” for “photos”, «صور» for «صورة». A grammar of six languages would weigh more than the help. */
function stemOf(word: string): string {
  const bare = word.length > 4 && word.startsWith('ال') ? word.slice(2) : word
  return bare.slice(0, Math.max(3, bare.length - (bare.length > 6 ? 2 : 1)))
}

function plainOf(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{Mark}/gu, '').toLowerCase().trim()
}
