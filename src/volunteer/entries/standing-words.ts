import type { LocalEntry } from '#device/device.ts'
import { filesByKind, sayCounts } from '#volunteer/counts.ts'
import { standingOf } from '#volunteer/entries/standing.ts'
import type { Words } from '#volunteer/words.ts'

/** The standing in words. Photos and voice that are still here are said where everything else would sound as if all had arrived. */
export function sayStanding(words: Pick<Words, 'say' | 'format'>, entry: LocalEntry): string {
  const standing = standingOf(entry)
  if (standing !== 'received' || entry.pendingFiles === 0) return words.say(`state.${standing}`)
  const what = sayCounts(words, filesByKind(entry.pendingFiles, entry.pendingVoices))
  // Of an entry that is a voice alone no words have been received.
  return words.say(entry.state.content.description === undefined ? 'state.filesHere' : 'state.wordsReceived', { what })
}
