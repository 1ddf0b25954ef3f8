import { severities } from '#domain/codes/code-lists.ts'
import { SeverityChoices } from '#ui/choice/severity-choices.tsx'
import { groupWordsOf } from '#volunteer/fields/editing.ts'
import type { Editing } from '#volunteer/fields/editing.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Five sentences about people; the sentence is the answer. */
export function SeverityField({ editing }: { readonly editing: Editing }) {
  const words = useWords()
  const value = severities.find((severity) => severity === editing.value) ?? null
  const sentences = { 1: words.severity(1), 2: words.severity(2), 3: words.severity(3), 4: words.severity(4), 5: words.severity(5) }
  return <SeverityChoices {...groupWordsOf(editing)} value={value} onChange={editing.onChoose} sentences={sentences} />
}
