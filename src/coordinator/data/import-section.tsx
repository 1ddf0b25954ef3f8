import { useEffect, useId, useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { ImportResponse } from '#protocol/import.ts'
import { encodingsFor } from '#exchange/file-text.ts'
import type { OldEncoding } from '#exchange/file-text.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import type { Sending } from '#coordinator/data/dry-run.tsx'
import { GuessedLetters } from '#coordinator/data/guessed-letters.tsx'
import { HereOtherwise } from '#coordinator/data/here-otherwise.tsx'
import { readImport } from '#coordinator/data/read-import.ts'
import type { ImportFile } from '#coordinator/data/read-import.ts'
import { RefusedRows } from '#coordinator/data/refused-rows.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { missingReader, readerTries } from '#coordinator/shell/missing-reader.ts'
import type { MissingReader } from '#coordinator/shell/missing-reader.ts'
import { ProblemNote, useReadAgain } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { MissingCodeError, laterCode, laterScreen } from '#ui/later-screen.tsx'

/** Reading tables needs a chunk of its own: most files that are brought are bundles of phones. */
const loadPreview = async () => (await import('#coordinator/data/table-preview.tsx')).TablePreview
const { Screen: TablePreview } = laterScreen(loadPreview, () => <Awaited lines={5} />)

type Importing =
  | { readonly step: 'idle' | 'reading' | 'unreadable' | 'oldExcel' | 'form' | 'unknownLetters' | 'tooLarge' }
  | (MissingReader & { readonly encodings: readonly OldEncoding[] })
  | { readonly step: 'chosen'; readonly file: ImportFile }
  | { readonly step: 'sending'; readonly file: ImportFile; readonly sentBytes?: number }
  | { readonly step: 'done'; readonly result: ImportResponse; readonly isBundle: boolean; readonly from: ImportFile; readonly order: string }
  | { readonly step: 'failed'; readonly file: ImportFile; readonly problem: ApiProblem }

const stepOf = { 'old-excel': 'oldExcel', form: 'form', 'unknown-letters': 'unknownLetters', 'too-large': 'tooLarge' } as const

/** A phone's file or a table. What a table becomes is shown before anything of it is brought in. */
export function ImportSection() {
  const { device, words } = useDesk()
  const { say } = words
  const id = useId()
  const [source, setSource] = useState<File | null>(null)
  const [state, setState] = useState<Importing>({ step: 'idle' })
  const file = 'file' in state ? state.file : null
  const choices = useRef(0)
  const outcome = useRef<HTMLDivElement>(null)
  const isDone = state.step === 'done'
  useEffect(() => {
    // The long table has gone, with the button that was pressed under it: what came of it stands where it began, out of sight.
    if (isDone) outcome.current?.focus()
  }, [isDone])
  const isBundle = file !== null && file.kind !== 'table'

  async function choose(chosen: File | null, encodings = encodingsFor(words.locale), triesLeft = readerTries): Promise<void> {
    // A large file is still being read when another one is chosen: only the last choice counts, whichever is read first.
    const choice = (choices.current += 1)
    setSource(chosen)
    if (chosen === null) return setState({ step: 'idle' })
    // What is read again by itself says so until it has been read.
    if (triesLeft === readerTries) setState({ step: 'reading' })
    const read = await readHere(chosen, encodings)
    if (choice !== choices.current) return
    if (read === 'awaited') return setState({ ...missingReader(triesLeft), encodings })
    if (read === null) return setState({ step: 'unreadable' })
    if (typeof read === 'string') return setState({ step: stepOf[read] })
    setState({ step: 'chosen', file: read })
  }
  useReadAgain(state.step === 'awaited' ? state.missing : null, () => state.step === 'awaited' && void choose(source, state.encodings, state.triesLeft - 1))
  async function bringIn(from: ImportFile, order: string, how: { readonly again?: boolean } = {}): Promise<void> {
    setState({ step: 'sending', file: from })
    const result = from.kind === 'sealed'
      ? await device.api.importSealed(from.file, (sentBytes) => setState({ step: 'sending', file: from, sentBytes }))
      : await device.api.importFile(from.kind === 'bundle' ? 'bundle' : 'table', from.kind === 'bundle' ? from.text : order, how)
    setState(result.ok ? { step: 'done', result: result.value, isBundle: from.kind !== 'table', from, order } : { step: 'failed', file: from, problem: result.problem })
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (file !== null && isBundle && state.step !== 'sending') void bringIn(file, '')
  }
  return (
    <section className={styles.part}>
      <h2>{say('data.importTitle')}</h2>
      <p className={styles.lead}>{say('data.importText')}</p>
      <form autoComplete="off" className={styles.form} onSubmit={handleSubmit}>
        <label className={styles.field} htmlFor={id}>{say('data.file')}<input id={id} type="file" accept=".terrain,.json,.geojson,.csv,.tsv,.txt,.xlsx,application/json,application/geo+json,text/csv,application/octet-stream" disabled={state.step === 'sending'} onChange={(event) => void choose(event.target.files?.[0] ?? null)} /></label>
        {file?.kind === 'table' ? null : (
          <div className={styles.acts}>
            <Button type="submit" look="main" isDisabled={!isBundle}>{say(state.step === 'sending' ? 'data.importing' : 'data.import')}</Button>
            <span role="status" className={styles.quiet}>{state.step === 'reading' ? say('import.reading') : isBundle ? say('import.isBundle') : state.step === 'idle' ? say('data.chooseFile') : ''}</span>
          </div>
        )}
      </form>
      {file?.kind === 'table' && file.guessed !== undefined ? <GuessedLetters guessed={file.guessed} onEncoding={(encoding) => void choose(source, [encoding])} /> : null}
      {file?.kind === 'table' ? <TablePreview sheets={file.sheets} sending={sendingOf(state)} fileName={source?.name ?? ''} onBringIn={(order, again) => void bringIn(file, order, { again })} /> : null}
      <div ref={outcome} role="status" tabIndex={-1}>
        {state.step === 'sending' && state.sentBytes !== undefined ? <p className={styles.quiet}>{say('data.sent', { sent: words.bytes(state.sentBytes), size: words.bytes(source?.size ?? 0) })}</p> : null}
        {state.step === 'done' ? <p className={styles.result}>{say(state.isBundle ? 'data.resultSteps' : 'data.result', { accepted: state.result.accepted, duplicates: state.result.duplicates, refused: state.result.refused.length })}</p> : null}
        {state.step === 'oldExcel' || state.step === 'form' || state.step === 'unknownLetters' || state.step === 'tooLarge' ? <p className={styles.result}>{say(`import.${state.step}`)}</p> : null}
        {state.step === 'awaited' || state.step === 'opening' ? <p className={styles.result}>{say(`import.${state.step}`)}</p> : null}
        {state.step === 'unreadable' ? <p className={styles.result}>{say('data.unreadable')}</p> : null}
      </div>
      {state.step === 'done' ? <HereOtherwise result={state.result} onBringIn={() => void bringIn(state.from, state.order, { again: true })} /> : null}
      {state.step === 'failed' ? <ProblemNote problem={state.problem} /> : null}
      {state.step === 'done' && state.result.refused.length > 0 ? <RefusedRows refused={state.result.refused} /> : null}
    </section>
  )
}

/** Rows come in by hundreds: without an answer, and where the server broke off, some of them may be here. A refusal is said before any has come. */
function sendingOf(state: Importing): Sending {
  if (state.step === 'sending') return 'underWay'
  if (state.step !== 'failed') return 'none'
  return state.problem.kind !== 'refused' || state.problem.code === 'internal' || state.problem.code === 'unavailable' ? 'unknown' : 'none'
}

/** Null for what cannot be read. Of a table the file is only taken once the preview is here as well: the page would else go away with the choice. */
async function readHere(file: File, encodings: readonly OldEncoding[]): Promise<Awaited<ReturnType<typeof readImport>> | 'awaited'> {
  try {
    const read = await readImport(file, encodings)
    if (typeof read === 'object' && read?.kind === 'table') await laterCode(loadPreview)
    return read
  } catch (error) {
    return error instanceof MissingCodeError ? 'awaited' : null
  }
}
