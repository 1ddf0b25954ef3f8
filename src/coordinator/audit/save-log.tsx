import { useState } from 'react'
import { dayHere } from '#domain/day-here.ts'
import type { ApiProblem } from '#device/device.ts'
import type { AuditFilter } from '#device/sync/desk-api.ts'
import { askedOf } from '#coordinator/audit/audit-address.ts'
import styles from '#coordinator/audit/audit.module.css'
import { countRecords } from '#coordinator/data/csv-records.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { Icon } from '#ui/icon/icon.tsx'

type Format = 'csv' | 'jsonl'
type Saving = { readonly step: 'idle' | 'reading' } | { readonly step: 'done'; readonly name: string; readonly acts: number } | { readonly step: 'failed'; readonly format: Format; readonly problem: ApiProblem }

const fileTypes = { csv: 'text/csv;charset=utf-8', jsonl: 'application/x-ndjson;charset=utf-8' } as const

/** The acts under the filters as a file. That somebody took it out is an act too. */
export function SaveLog({ filter }: { readonly filter: AuditFilter }) {
  const { device, ground, words } = useDesk()
  const { say } = words
  const [state, setState] = useState<Saving>({ step: 'idle' })
  async function save(format: Format): Promise<void> {
    setState({ step: 'reading' })
    const result = await device.api.auditText(format, askedOf(filter))
    if (!result.ok) {
      setState({ step: 'failed', format, problem: result.problem })
      return
    }
    const name = `terrain-log-${dayHere(ground.now())}.${format}`
    ground.saveFile(name, fileTypes[format], result.value)
    setState({ step: 'done', name, acts: format === 'csv' ? Math.max(0, countRecords(result.value) - 2) : result.value.split('\n').length - 1 })
  }
  return (
    <div className={styles.save}>
      <div className={styles.acts}>
        <Button onClick={() => void save('csv')}><Icon name="received" size="s" />{say('audit.csv')}</Button>
        <Button onClick={() => void save('jsonl')}><Icon name="received" size="s" />{say('audit.jsonl')}</Button>
      </div>
      <p role="status" className={styles.quiet}>{state.step === 'reading' ? say('data.exporting') : state.step === 'done' ? say('audit.saved', { name: state.name, count: state.acts }) : ''}</p>
      {state.step === 'failed' ? <ProblemNote problem={state.problem} onRetry={() => void save(state.format)} /> : null}
    </div>
  )
}
