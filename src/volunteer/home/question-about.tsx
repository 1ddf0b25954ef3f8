import type { LocalEntry } from '#device/device.ts'
import { Ref } from '#ui/ref/ref.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** What a question is about: which entry, which field. */
export function QuestionAbout({ entry, field }: { readonly entry: LocalEntry; readonly field: string }) {
  const words = useWords()
  const question = words.field(field)
  if (entry.state.ref === null) return <>{question}</>
  // The questions of the form come behind the first screen.
  return <><Ref value={entry.state.ref} />{question === '' ? null : ` · ${question}`}</>
}
