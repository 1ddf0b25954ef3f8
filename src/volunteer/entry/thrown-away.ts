import type { Device, Draft, LocalEntry } from '#device/device.ts'
import type { BegunKeeper } from '#volunteer/entry/begun-keeper.ts'
import { photosOf } from '#volunteer/photos/photos-of.ts'
import { whenThrownAway } from '#volunteer/record/thrown-away.ts'

type Kept = Pick<Device, 'membership' | 'watchEntry' | 'openCampaigns' | 'writeBegun' | 'keepLate'>

/**
 * As for a draft (`record/thrown-away.ts`): where the browser throws its storage away below a saved entry, what was begun on it is in memory alone,
 * and is kept in the storage as it is now. An entry that had not been received is nowhere else either, and becomes a draft again, with what was begun
 * in its lines. Returns the end of watching.
 */
export function keepBegunThrownAway(device: Kept, keeper: Pick<BegunKeeper, 'get' | 'forget'>, entry: LocalEntry): () => void {
  const { id, seq } = entry.state
  return whenThrownAway(device, {
    isGone: () => device.watchEntry(id).get() === null,
    keep: () => {
      const { fields, comment, commentLang } = keeper.get()
      if (seq === null && entry.isMine) {
        keeper.forget(Object.keys(fields))
        void device.keepLate(draftOf(entry), { ...linesOf(entry), ...fields })
      }
      const left = seq === null ? {} : fields
      if (comment !== '' || Object.keys(left).length > 0) void device.writeBegun(id, { fields: left, comment, commentLang })
    },
  })
}

/** Its words alone: photos and voice note went with the storage. */
function linesOf({ state: { content } }: LocalEntry): Readonly<Record<string, unknown>> {
  const { kind: _kind, photos: _photos, audio: _audio, ...lines } = content
  return lines
}

function draftOf({ state: { id, kind, content, links, recordedAt } }: LocalEntry): Draft {
  const answers = links.flatMap((link) => (link.kind === 'answers' ? [{ to: link.to, coverage: link.coverage ?? 'unknown' }] : []))
  const updateOf = links.find((link) => link.kind === 'updateOf')?.to
  return { id, kind, content: { kind }, step: 'review', answers, ...(updateOf === undefined ? {} : { updateOf }), photosComing: photosOf(content.photos).length, startedAt: recordedAt, updatedAt: recordedAt }
}
