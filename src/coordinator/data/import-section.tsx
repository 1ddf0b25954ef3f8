import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { ChosenFile } from '#device/handing-over.ts'
import type { ImportResponse } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import { RefusedRows } from '#coordinator/data/refused-rows.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { Select } from '#ui/select/select.tsx'

/** A sealed file is read piece by piece while it is sent: it may hold the photos of a year. Everything else is text. */
async function readChosen(file: File): Promise<string | ChosenFile> {
  return (await isSealed(file)) ? { size: file.size, read: (from, to) => file.slice(from, to).arrayBuffer() } : file.text()
}

/** By its first bytes: on its way it may have lost its name. */
async function isSealed(file: File): Promise<boolean> {
  return (await file.slice(0, sealedMark.length).text()) === sealedMark
}

const sealedMark = 'terrain-bundle/'
const formats = ['bundle', 'hxl', 'csv'] as const
type Format = (typeof formats)[number]

type Importing = { readonly step: 'idle' } | { readonly step: 'sending'; readonly sentBytes?: number } | { readonly step: 'unreadable' } | { readonly step: 'done'; readonly result: ImportResponse; readonly isBundle: boolean } | { readonly step: 'failed'; readonly problem: ApiProblem }

/** A phone's file or a table. The server reads it and answers for each row that it refused. */
export function ImportSection() {
  const { device, words } = useDesk()
  const { say } = words
  const id = useId()
  const [format, setFormat] = useState<Format>('bundle')
  const [file, setFile] = useState<File | null>(null)
  const [state, setState] = useState<Importing>({ step: 'idle' })
  async function bringIn(chosen: File): Promise<void> {
    setState({ step: 'sending' })
    const read = await readChosen(chosen).catch(() => null)
    if (read === null) {
      setState({ step: 'unreadable' })
      return
    }
    const result = typeof read === 'string'
      ? await device.api.importFile(format, read)
      : await device.api.importSealed(read, (sentBytes) => setState({ step: 'sending', sentBytes }))
    setState(result.ok ? { step: 'done', result: result.value, isBundle: format === 'bundle' || typeof read !== 'string' } : { step: 'failed', problem: result.problem })
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (file !== null && state.step !== 'sending') void bringIn(file)
  }
  const handleFile = (chosen: File | null) => {
    setFile(chosen)
    setState({ step: 'idle' })
    // The ending says what it is in most cases; the choice stays with the person.
    if (chosen !== null && /\.(?:terrain|json)$/i.test(chosen.name)) setFormat('bundle')
    else if (chosen !== null && format === 'bundle') setFormat('hxl')
    if (chosen !== null) void isSealed(chosen).then((sealed) => (sealed ? setFormat('bundle') : undefined), () => undefined)
  }
  return (
    <section className={styles.part}>
      <h2>{say('data.importTitle')}</h2>
      <p className={styles.lead}>{say('data.importText')}</p>
      <form className={styles.form} onSubmit={handleSubmit}>
        <label className={styles.field} htmlFor={id}>{say('data.file')}<input id={id} type="file" accept=".terrain,.json,.csv,application/json,text/csv,application/octet-stream" onChange={(event) => handleFile(event.target.files?.[0] ?? null)} /></label>
        <Select label={say('data.format')} value={format} options={formats.map((one) => ({ value: one, label: say(`data.format.${one}`) }))} onChange={(chosen) => setFormat(chosen ?? 'bundle')} />
        <div className={styles.acts}>
          <Button type="submit" look="main" isDisabled={file === null}>{say(state.step === 'sending' ? 'data.importing' : 'data.import')}</Button>
          {file === null ? <span className={styles.quiet}>{say('data.chooseFile')}</span> : null}
        </div>
      </form>
      <div role="status">
        {state.step === 'sending' && state.sentBytes !== undefined && file !== null ? <p className={styles.quiet}>{say('data.sent', { sent: words.bytes(state.sentBytes), size: words.bytes(file.size) })}</p> : null}
        {state.step === 'done' ? <p className={styles.result}>{say(state.isBundle ? 'data.resultSteps' : 'data.result', { accepted: state.result.accepted, duplicates: state.result.duplicates, refused: state.result.refused.length })}</p> : null}
        {state.step === 'unreadable' ? <p className={styles.result}>{say('data.unreadable')}</p> : null}
      </div>
      {state.step === 'failed' ? <ProblemNote problem={state.problem} /> : null}
      {state.step === 'done' && state.result.refused.length > 0 ? <RefusedRows refused={state.result.refused} /> : null}
    </section>
  )
}
