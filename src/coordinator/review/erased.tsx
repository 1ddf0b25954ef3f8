import type { EntryId } from '#domain/ids.ts'
import type { AuditLine } from '#protocol/audit.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { useLoaded } from '#coordinator/use-loaded.ts'
import type { Loaded } from '#coordinator/use-loaded.ts'
import { Note } from '#ui/note/note.tsx'

/** The act by which an entry was erased, from the log; nothing where there is none, or the server has not heard of it yet. */
export function useErasure(id: EntryId): Loaded<AuditLine | 'none'> {
  return useLogged(id, 'erase', ({ setAside }) => setAside === null)
}

/** What brought an entry, as the log has it, where it was set aside and does not count. */
export function useSetAside(id: EntryId): Loaded<AuditLine | 'none'> {
  return useLogged(id, 'record', ({ setAside, erased }) => setAside !== null && !erased)
}

function useLogged(id: EntryId, type: 'erase' | 'record', is: (line: AuditLine) => boolean): Loaded<AuditLine | 'none'> {
  const { device } = useDesk()
  const seq = useFresh().touched.get(id) ?? 0
  return useLoaded(`${type} ${id} ${seq}`, async () => {
    const answer = await device.api.audit({ type, entry: id }, null)
    return answer.ok ? { ok: true, value: answer.value.lines.find(is) ?? 'none' } : answer
  })
}

/** What stands where an erased entry was read: that it was erased, by whom, when and why. */
export function Erased({ line }: { readonly line: AuditLine | null }) {
  const { words } = useDesk()
  const { say } = words
  return (
    <Note icon="bin" live="status" title={say('erase.done')}>
      {line === null
        ? <p>{say('erase.waits')}</p>
        : <p>{words.dots([...(line.ref === null ? [] : [line.ref]), say('erase.by', { name: line.by?.name ?? say('people.coordinator'), when: words.time.instant(line.receivedAt) })])}</p>}
      {(line?.reason ?? '') === '' ? null : <p><q dir="auto">{line?.reason}</q></p>}
    </Note>
  )
}

/** The same for an entry that this desk knows to be gone: until the log has told by whom, its own erasure may still be waiting here. */
export function ErasedHere({ id }: { readonly id: EntryId }) {
  const { value } = useErasure(id)
  return <Erased line={value === 'none' ? null : value} />
}
