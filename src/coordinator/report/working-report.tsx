import { useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { DraftSettings } from '#protocol/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { locales } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import type { ReportFormat } from '#protocol/report.ts'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { Select } from '#ui/select/select.tsx'

type Saving = { readonly step: 'idle' | 'making' } | { readonly step: 'saved'; readonly name: string } | { readonly step: 'failed'; readonly format: ReportFormat; readonly problem: ApiProblem }

const fileTypes: Readonly<Record<ReportFormat, string>> = { html: 'text/html;charset=utf-8', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' }

/** The report as it stands, in any language: opened as a page or saved as a file. */
export function WorkingReport({ settings }: { readonly settings: Pick<DraftSettings, 'from' | 'to'> }) {
  const { device, ground, words } = useDesk()
  const { say: sayHere } = useWriting()
  const { say } = words
  const [language, setLanguage] = useState<Locale>(words.locale)
  const [state, setState] = useState<Saving>({ step: 'idle' })
  const order = { from: settings.from, to: settings.to, language }
  async function save(format: ReportFormat): Promise<void> {
    setState({ step: 'making' })
    const file = await device.api.reportFile(order, format)
    if (!file.ok) return setState({ step: 'failed', format, problem: file.problem })
    const name = `terrain-report-${order.from}-${order.to}.${language}.${format}`
    ground.saveFile(name, fileTypes[format], file.value)
    setState({ step: 'saved', name })
  }
  return (
    <section className={styles.working}>
      <h2>{sayHere('write.working')}</h2>
      <p className={styles.quiet}>{sayHere('write.working.text')}</p>
      <Select label={say('reports.language')} value={language} options={locales.map((locale) => ({ value: locale, label: words.ownName(locale), lang: locale }))} onChange={(next) => {
        setLanguage(next ?? language)
        setState({ step: 'idle' })
      }} />
      <div className={styles.acts}>
        <ButtonLink icon="report" href={device.api.reportUrl(order)} target="_blank" rel="noopener">{say('reports.open')}</ButtonLink>
        <Button icon="file" onClick={() => void save('html')}>{say('reports.save')}</Button>
        <Button icon="file" onClick={() => void save('docx')}>{say('reports.word')}</Button>
      </div>
      <p role="status" className={styles.quiet}>{state.step === 'making' ? say('reports.making') : state.step === 'saved' ? say('reports.saved', { name: state.name }) : ''}</p>
      {state.step === 'failed' ? <ProblemNote problem={state.problem} onRetry={() => void save(state.format)} /> : null}
      <p className={styles.quiet}>{say('reports.print')}</p>
      <p className={styles.quiet}>{say('reports.protects')}</p>
    </section>
  )
}
