import { oldEncodings } from '#exchange/file-text.ts'
import type { FileText, OldEncoding } from '#exchange/file-text.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import { Select } from '#ui/select/select.tsx'

interface GuessedLettersProps {
  readonly guessed: NonNullable<FileText['guessed']>
  readonly onEncoding: (encoding: OldEncoding) => void
}

/** A file that does not say how its letters are written: what the guess makes of them, and another way to read them. */
export function GuessedLetters({ guessed: { encoding, sample }, onEncoding }: GuessedLettersProps) {
  const { say } = useDesk().words
  return (
    <>
      <p className={styles.result} role="status">{say('import.guessedLetters')} <q dir="auto">{sample}</q></p>
      <div className={styles.narrow}><Select label={say('import.letters')} value={encoding} options={oldEncodings.map((value) => ({ value, label: say(`import.letters.${value}`) }))} onChange={(next) => onEncoding(next ?? encoding)} /></div>
    </>
  )
}
