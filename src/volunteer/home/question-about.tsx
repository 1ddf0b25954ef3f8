import type { LocalEntry } from '#device/device.ts'
import { Ref } from '#ui/ref/ref.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** What a question is about: which entry, which field; what a comment is about: which entry. */
export function QuestionAbout({ entry, field }: { readonly entry: LocalEntry; readonly field?: string }) {
  const words = useWords()
  const question = field === undefined ? '' : words.field(field)
  if (entry.state.ref === null) return <>{question}</>
  // The questions of the form come behind the first screen.
  return <><Ref value={entry.state.ref} />{question === '' ? null : ` · ${question}`}</>
}
