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

/** Whether a text has all the words that were typed, whatever their case and accents. */
export function mentions(text: string, typed: string): boolean {
  const plain = plainOf(text)
  return plainOf(typed).split(/\s+/).every((word) => plain.includes(word))
}

function plainOf(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{Mark}/gu, '').toLowerCase().trim()
}
