import type { LocalEntry } from '#device/device.ts'
import { Ref } from '#ui/ref/ref.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** What a question is about: which entry, which field. */
export function QuestionAbout({ entry, field }: { readonly entry: LocalEntry; readonly field: string }) {
  const words = useWords()
  return entry.state.ref === null ? <>{words.field(field)}</> : <><Ref value={entry.state.ref} />{` · ${words.field(field)}`}</>
}
