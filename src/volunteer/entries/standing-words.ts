import type { LocalEntry } from '#device/device.ts'
import { standingOf } from '#volunteer/entries/standing.ts'
import type { Words } from '#volunteer/words.ts'

/** The standing in words. Photos that are still here are said where everything else would sound as if all had arrived. */
export function sayStanding({ say }: Pick<Words, 'say'>, entry: LocalEntry): string {
  const standing = standingOf(entry)
  if (standing !== 'received' || entry.pendingFiles === 0) return say(`state.${standing}`)
  const { audio } = entry.state.content
  const isVoiceHere = audio !== undefined && !entry.state.storedFiles.includes(audio.sha256)
  return say(isVoiceHere ? 'state.filesHere' : 'state.wordsReceived', { photos: entry.pendingFiles })
}
