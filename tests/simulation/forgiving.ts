import type { Checked } from './checked.ts'
import { lookAt } from './looking.ts'
import type { Confirmed } from './notes.ts'

/**
 * A phone was set back or thrown away, or the server was lost: what stood there alone is gone, and nobody had promised otherwise.
 * What a phone had called safe is another thing, and is never forgiven (`finalChecks`).
 */
export async function forgiveWhatIsGone({ notes, living, server }: Checked): Promise<void> {
  await server.look()
  const onServer = server.committed.get(server.epoch) ?? new Set()
  const kept = new Set<string>()
  for (const phone of living) {
    const { changes, files, memberId: owner } = await lookAt(phone)
    for (const { id, entryId, own, change, memberId } of changes) {
      if (change === null || !(own || memberId === owner)) continue
      kept.add(id)
      if (change.type === 'record') kept.add(entryId)
    }
    for (const { sha256 } of files) kept.add(sha256)
  }
  const records = new Set((await server.store.changes.scan(server.campaign.id, 0, 100_000)).flatMap(({ type, entryId }) => (type === 'record' && entryId !== null ? [entryId] : [])))
  const isKept = ({ changeId, entryId, photo }: Confirmed): boolean => {
    const words = changeId === null ? kept.has(entryId) || records.has(entryId) : kept.has(changeId) || onServer.has(changeId)
    return words && (photo === null || kept.has(photo.sha256))
  }
  for (const save of notes.owed()) if (!isKept(save)) await forgive(save)

  /** A photo alone may be gone where its words are not. */
  async function forgive(save: Confirmed): Promise<void> {
    if (save.photo !== null && (await server.store.files.get(server.campaign.id, save.photo.sha256)) !== null && isKept({ ...save, photo: null })) return
    notes.forgiven.add(save)
  }
}
