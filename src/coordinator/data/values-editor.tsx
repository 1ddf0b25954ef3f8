import { codesOfField } from '#exchange/plan-fields.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import { Fold } from '#ui/fold/fold.tsx'
import { Select } from '#ui/select/select.tsx'

interface ValuesEditorProps {
  readonly field: string
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (values: Record<string, string>) => void
}

/** Which code each word of the file means. What means nothing yet stands first. */
export function ValuesEditor({ field, values, onChange }: ValuesEditorProps) {
  const { words } = useDesk()
  const { say } = words
  const options = (codesOfField(field) ?? []).map((code) => ({ value: code, label: words.code(field, code) }))
  const open = Object.values(values).filter((code) => code === '').length
  // In the order of the first look: a row that moves while one chooses is a row that is chosen wrongly.
  const texts = Object.keys(values)
  return (
    <Fold summary={say('import.values', { field: words.field(field), count: texts.length, open })} isOpen={open > 0}>
      <ul className={styles.values}>
        {texts.map((text) => (
          <li key={text}>
            <span dir="auto">{text}</span>
            <Select label={say('import.valueOf', { value: text })} isLabelHidden choose={say('import.refuseValue')} value={values[text] === '' ? null : (values[text] ?? null)} options={options} onChange={(code) => onChange({ ...values, [text]: code ?? '' })} />
          </li>
        ))}
      </ul>
    </Fold>
  )
}
