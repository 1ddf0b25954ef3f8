import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { ReportOrder } from '#device/sync/desk-api.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/report.module.css'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { locales } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import type { ReportFormat } from '#protocol/report.ts'
import { Button } from '#ui/button/button.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { Select } from '#ui/select/select.tsx'

type Saving = { readonly step: 'idle' | 'making' } | { readonly step: 'saved'; readonly name: string } | { readonly step: 'failed'; readonly format: ReportFormat; readonly problem: ApiProblem }

const fileTypes: Readonly<Record<ReportFormat, string>> = { html: 'text/html;charset=utf-8', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' }

/** The report on what is approved: chosen by period and language, opened as a page or saved as a file. */
export function ReportPage() {
  const { device, ground, words } = useDesk()
  const { say } = words
  const [order, setOrder] = useState<ReportOrder>(() => ({ ...lastMonths(ground.now()), language: words.locale }))
  const [state, setState] = useState<Saving>({ step: 'idle' })
  const isWhole = order.from !== '' && order.to !== '' && order.from <= order.to
  const change = (part: Partial<ReportOrder>) => {
    setOrder({ ...order, ...part })
    setState({ step: 'idle' })
  }
  async function save(format: ReportFormat): Promise<void> {
    setState({ step: 'making' })
    const file = await device.api.reportFile(order, format)
    if (!file.ok) return setState({ step: 'failed', format, problem: file.problem })
    const name = `terrain-report-${order.from}-${order.to}.${order.language}.${format}`
    ground.saveFile(name, fileTypes[format], file.value)
    setState({ step: 'saved', name })
  }
  return (
    <main className={styles.page}>
      <header>
        <h1>{say('reports.title')}</h1>
        <p className={styles.lead}>{say('reports.lead')}</p>
      </header>
      <div className={styles.order}>
        <DateInput label={say('reports.from')} value={order.from} max={order.to} onChange={(from) => change({ from })} />
        <DateInput label={say('reports.to')} value={order.to} min={order.from} onChange={(to) => change({ to })} />
        <Select label={say('reports.language')} value={order.language as Locale} options={locales.map((locale) => ({ value: locale, label: words.ownName(locale) }))} onChange={(language) => change(language === null ? {} : { language })} />
      </div>
      {isWhole ? (
        <div className={styles.acts}>
          <a className={styles.open} href={device.api.reportUrl(order)} target="_blank" rel="noopener">{say('reports.open')}</a>
          <Button onClick={() => void save('html')}><Icon name="received" size="s" />{say('reports.save')}</Button>
          <Button onClick={() => void save('docx')}><Icon name="received" size="s" />{say('reports.word')}</Button>
        </div>
      ) : <p className={styles.quiet}>{say('reports.noDays')}</p>}
      <p role="status" className={styles.quiet}>{state.step === 'making' ? say('reports.making') : state.step === 'saved' ? say('reports.saved', { name: state.name }) : ''}</p>
      {state.step === 'failed' ? <ProblemNote problem={state.problem} onRetry={() => void save(state.format)} /> : null}
      <p className={styles.quiet}>{say('reports.print')}</p>
      <p className={styles.quiet}>{say('reports.protects')}</p>
    </main>
  )
}

/** The two months before this one and what there is of this one. */
function lastMonths(now: number): { readonly from: string; readonly to: string } {
  const today = new Date(now)
  return { from: new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 2, 1)).toISOString().slice(0, 10), to: today.toISOString().slice(0, 10) }
}
