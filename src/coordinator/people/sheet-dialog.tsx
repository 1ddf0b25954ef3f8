import { useState } from 'react'
import type { SubmitEvent } from 'react'
import type { ApiProblem } from '#device/device.ts'
import { locales, ownNames } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { Card } from '#coordinator/people/invite-sheet.tsx'
import styles from '#coordinator/people/people.module.css'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { Select } from '#ui/select/select.tsx'
import { typedNumber } from '#ui/number-input/typed-number.ts'
import { TextInput } from '#ui/text-input/text-input.tsx'

const maxCards = 48
const days = 30

interface SheetDialogProps {
  readonly onMade: (cards: readonly Card[], locale: Locale) => void
  readonly onClose: () => void
}

/** Makes an invite for each card: who loses theirs loses one, and a stranger who finds it takes no one else's place. */
export function SheetDialog({ onMade, onClose }: SheetDialogProps) {
  const { device, words } = useDesk()
  const { say } = words
  const [count, setCount] = useState('8')
  const [locale, setLocale] = useState<Locale>(words.locale)
  const [made, setMade] = useState<number | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const cards = typedNumber(count) ?? 0
  const isFit = cards >= 1 && cards <= maxCards

  async function make(): Promise<void> {
    const printed: Card[] = []
    setProblem(null)
    for (let number = 1; number <= cards; number += 1) {
      setMade(printed.length)
      const result = await device.api.createInvite({ role: 'volunteer', uses: 1, days, note: say('sheet.note', { number }) })
      if (!result.ok) {
        setProblem(result.problem)
        break
      }
      printed.push({ number, url: result.value.url, until: result.value.invite.expiresAt })
    }
    setMade(null)
    // Those that were made are good: their secrets are nowhere else.
    if (printed.length > 0) onMade(printed, locale)
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isFit && made === null) void make()
  }
  return (
    <Dialog title={say('sheet.title')} closeLabel={say('keys.close')} onClose={onClose}>
      <form autoComplete="off" className={styles.form} onSubmit={handleSubmit}>
        {problem === null ? null : <ProblemNote problem={problem} />}
        <p>{say('sheet.lead', { days })}</p>
        <TextInput label={say('sheet.count')} inputMode="numeric" autoComplete="off" value={count} error={isFit ? undefined : say('invites.range', { min: 1, max: maxCards })} onChange={setCount} />
        <Select label={say('sheet.language')} value={locale} options={locales.map((value) => ({ value, label: ownNames[value], lang: value }))} onChange={(next) => setLocale(next ?? words.locale)} />
        <div className={styles.acts}>
          <Button onClick={onClose}>{say('invites.cancel')}</Button>
          <Button type="submit" look="main">{made === null ? say('sheet.make') : say('sheet.making', { made, count: cards })}</Button>
        </div>
      </form>
    </Dialog>
  )
}
