import { TextArea } from '#ui/text-area/text-area.tsx'
import type { TextAreaProps } from '#ui/text-area/text-area.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import type { TextInputProps } from '#ui/text-input/text-input.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/*
 * Whatever has room for so many characters. It is never cut: `maxLength` would take the end off what somebody pastes, without a word. Too
 * long a text stays in the draft as it is and says so, until its author has shortened it.
 */

type Counted<Props> = Omit<Props, 'count' | 'isOver' | 'maxLength'> & { readonly max: number }

/** Several lines: what is left, or too many, stands below, where the text ends. */
export function CountedArea({ max, ...props }: Counted<TextAreaProps>) {
  const { say } = useWords()
  const over = props.value.length - max
  return <TextArea {...props} count={over > 0 ? say('record.words.over', { over }) : leftWords(say, max, props.value)} isOver={over > 0} />
}

/** One line: the error stands right above it, so it says at once what is too long. */
export function CountedLine({ max, error, ...props }: Counted<TextInputProps>) {
  const { say } = useWords()
  return <TextInput {...props} error={error ?? tooLongWords(say, max, props.value)} count={leftWords(say, max, props.value)} />
}

/** What is said of a text that is too long; nothing of one that fits. */
export function tooLongWords(say: Words['say'], max: number, text: string): string | undefined {
  return text.length > max ? say('issue.tooLong', { over: text.length - max }) : undefined
}

/** The author is told how much room is left once it is less than a tenth. */
function leftWords(say: Words['say'], max: number, text: string): string | undefined {
  const left = max - text.length
  return left >= 0 && left < max / 10 ? say('record.words.count', { left }) : undefined
}
