import type { EntryState } from '#domain/entry-state.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'

/** What the author has been shown, by the ids of the comments: a count would lie once a restored server has lost one. */
export async function readReadComments(db: DeviceDatabase): Promise<ReadonlySet<ChangeId>> {
  return new Set(await readMeta(db, 'readComments'))
}

/** Comments of others that the author has not been shown yet. What one wrote oneself, on whichever phone, is never among them. */
export function unreadComments({ author, comments }: Pick<EntryState, 'author' | 'comments'>, read: ReadonlySet<ChangeId>): readonly ChangeId[] {
  // Of most entries nobody has said anything, and there are a thousand.
  return comments.length === 0 ? none : comments.filter(({ memberId, change }) => memberId !== author && !read.has(change)).map(({ change }) => change)
}

const none: readonly ChangeId[] = []

/** All that stands on the entry now has been shown. Writes nothing where there is nothing new. */
export async function markRead(db: DeviceDatabase, entryId: EntryId): Promise<void> {
  await db.write([db.entries, db.meta], async () => {
    const row = await db.entries.get(entryId)
    const read = await readReadComments(db)
    const fresh = row === undefined ? [] : unreadComments(row.state, read)
    if (fresh.length > 0) await writeMeta(db, 'readComments', [...read, ...fresh])
  })
}
