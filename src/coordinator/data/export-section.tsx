import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { Kind } from '#domain/entry.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { countRecords } from '#coordinator/data/csv-records.ts'
import styles from '#coordinator/data/data.module.css'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { Icon } from '#ui/icon/icon.tsx'

type Exporting = { readonly step: 'idle' } | { readonly step: 'reading'; readonly kind: Kind } | { readonly step: 'done'; readonly name: string; readonly rows: number } | { readonly step: 'failed'; readonly kind: Kind; readonly problem: ApiProblem }

export function ExportSection() {
  const { device, ground, words } = useDesk()
  const { say } = words
  const [state, setState] = useState<Exporting>({ step: 'idle' })
  async function take(kind: Kind): Promise<void> {
    setState({ step: 'reading', kind })
    const result = await device.api.exportText('csv', { kind })
    if (!result.ok) {
      setState({ step: 'failed', kind, problem: result.problem })
      return
    }
    const name = `terrain-${kind === 'challenge' ? 'challenges' : 'actions'}-${new Date(ground.now()).toISOString().slice(0, 10)}.csv`
    ground.saveFile(name, 'text/csv;charset=utf-8', result.value)
    // The names of the columns and the row of tags are no entries.
    setState({ step: 'done', name, rows: Math.max(0, countRecords(result.value) - 2) })
  }
  return (
    <section className={styles.part}>
      <h2>{say('data.exportTitle')}</h2>
      <p className={styles.lead}>{say('data.exportText')}</p>
      <div className={styles.acts}>
        <Button onClick={() => void take('challenge')}><Icon name="received" size="s" />{say('data.exportChallenges')}</Button>
        <Button onClick={() => void take('action')}><Icon name="received" size="s" />{say('data.exportActions')}</Button>
      </div>
      <p role="status" className={styles.quiet}>{state.step === 'reading' ? say('data.exporting') : state.step === 'done' ? say('data.exported', { name: state.name, rows: state.rows }) : ''}</p>
      {state.step === 'failed' ? <ProblemNote problem={state.problem} onRetry={() => void take(state.kind)} /> : null}
    </section>
  )
}
