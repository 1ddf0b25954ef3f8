import { useRef, useState } from 'react'
import { areasOf } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import type { AreaReading, BoundaryProblem } from '#exchange/areas/read-areas.ts'
import { AreaList } from '#coordinator/campaign/area-list.tsx'
import { AreaMap } from '#coordinator/campaign/area-map.tsx'
import styles from '#coordinator/campaign/campaign.module.css'
import { RefusedShapes } from '#coordinator/campaign/refused-shapes.tsx'
import { countsOf } from '#coordinator/campaign/setting-words.ts'
import type { SettingsForm } from '#coordinator/campaign/use-settings.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { LimitedLine } from '#coordinator/limited-text.tsx'
import { missingReader, readerTries } from '#coordinator/shell/missing-reader.ts'
import type { MissingReader } from '#coordinator/shell/missing-reader.ts'
import { useReadAgain } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { FileButton } from '#ui/file-button/file-button.tsx'
import { laterCode } from '#ui/later-screen.tsx'
import { Note } from '#ui/note/note.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

type Reading = { readonly step: 'idle' } | { readonly step: 'reading' } | (MissingReader & { readonly file: File }) | { readonly step: 'unread'; readonly problem: BoundaryProblem } | { readonly step: 'read'; readonly reading: AreaReading }

/** The list of regions and districts: what is in force, and what a file would make of it before anybody decides. */
export function AreasSection({ form }: { readonly form: SettingsForm }) {
  const { words } = useDesk()
  const { say } = words
  const [state, setState] = useState<Reading>({ step: 'idle' })
  const [sourceBefore, setSourceBefore] = useState<string | null>(null)
  const choices = useRef(0)
  const choose = async (file: File, triesLeft = readerTries): Promise<void> => {
    // One that is read again by itself may still be on its way when another one is chosen; until then it is said to be awaited.
    const choice = (choices.current += 1)
    if (triesLeft === readerTries) setState({ step: 'reading' })
    const reading = await readFile(file, triesLeft)
    if (choice === choices.current) setState(reading)
  }
  useReadAgain(state.step === 'awaited' ? state.missing : null, () => state.step === 'awaited' && void choose(state.file, state.triesLeft - 1))
  const areas = areasOf({ areas: form.value('areas') })
  const source = form.value('areasSource')
  const take = (list: readonly Area[]): void => {
    // Who made the boundaries of before has not made these: the report would thank somebody for the work of others.
    const isOther = list.length === 0 || (areas.length > 0 && JSON.stringify(list) !== JSON.stringify(areas))
    if (isOther && typeof source === 'string') setSourceBefore(source)
    form.set({ areas: [...list], ...(isOther ? { areasSource: null } : {}) })
    setState({ step: 'idle' })
  }
  return (
    <section className={styles.part}>
      <h2>{say('campaign.areas')}</h2>
      <p className={styles.quiet}>{say('campaign.areasHint')}</p>
      {state.step === 'read' ? <Found reading={state.reading} onTake={() => take(state.reading.areas)} onDrop={() => setState({ step: 'idle' })} /> : <InForce areas={areas} />}
      {state.step === 'unread' ? <Note tone="stop" live="alert">{say(`areas.${state.problem}`)}</Note> : null}
      {state.step === 'awaited' || state.step === 'opening' ? <Note tone="ask" live="alert">{say(`import.${state.step}`)}</Note> : null}
      <div className={styles.acts}>
        <FileButton icon="file" accept=".geojson,.json,.topojson,application/geo+json,application/json" isDisabled={state.step === 'reading'} onFiles={([file]) => void choose(file)}>{say('campaign.areasChoose')}</FileButton>
        {areas.length === 0 || state.step === 'read' ? null : <Button look="plain" onClick={() => take([])}>{say('campaign.areasEmpty')}</Button>}
        <span role="status" className={styles.quiet}>{state.step === 'reading' ? say('campaign.areasReading') : ''}</span>
      </div>
      {areas.length === 0 ? null : <LimitedLine label={say('campaign.areasSource')} hint={say('campaign.areasSourceHint')} maxLength={300} autoComplete="off" value={typeof source === 'string' ? source : ''} onChange={(text) => form.set({ areasSource: text.trim() === '' ? null : text })} />}
      {areas.length === 0 || sourceBefore === null || typeof source === 'string' ? null : <p><TextButton onClick={() => form.set({ areasSource: sourceBefore })}>{say('campaign.areasSourceBefore', { source: sourceBefore })}</TextButton></p>}
    </section>
  )
}

/** Only who brings a file pays for the reader. */
async function readFile(file: File, triesLeft: number): Promise<Reading> {
  const reader = await laterCode(() => import('#exchange/areas/read-areas.ts')).catch(() => null)
  if (reader === null) return { ...missingReader(triesLeft), file }
  const { maxBoundaryBytes, readAreas } = reader
  if (file.size > maxBoundaryBytes) return { step: 'unread', problem: 'too-large' }
  const text = await file.text().catch(() => null)
  const read = text === null ? null : readAreas(text)
  if (read === null || !read.ok) return { step: 'unread', problem: read === null ? 'not-json' : read.problem }
  return { step: 'read', reading: read.value }
}

function InForce({ areas }: { readonly areas: readonly Area[] }) {
  const { say } = useDesk().words
  if (areas.length === 0) return <p>{say('campaign.areasNone')}</p>
  return (
    <>
      <p className={styles.count}>{say('campaign.areasCount', countsOf(areas))}</p>
      <AreaMap areas={areas} />
      <AreaList areas={areas} />
    </>
  )
}

function Found({ reading, onTake, onDrop }: { readonly reading: AreaReading; readonly onTake: () => void; readonly onDrop: () => void }) {
  const { words } = useDesk()
  const { say } = words
  const { areas, refused, languages } = reading
  return (
    <div className={styles.found}>
      <p className={styles.count} role="status">{say('campaign.areasFound', { found: say('campaign.areasCount', countsOf(areas)) })}</p>
      {areas.length === 0 ? null : (
        <>
          <p className={styles.quiet}>{words.dots([say('campaign.areasSize', { size: words.bytes(new TextEncoder().encode(JSON.stringify(areas)).length) }), ...(languages.length === 0 ? [] : [say('campaign.areasLanguages', { languages: words.list(languages.map(words.language)) })])])}</p>
          <AreaMap areas={areas} />
          <AreaList areas={areas} />
        </>
      )}
      {refused.length === 0 ? null : <RefusedShapes refused={refused} />}
      <div className={styles.acts}>
        {areas.length === 0 ? null : <Button look="main" onClick={onTake}>{say('campaign.areasTake')}</Button>}
        <Button onClick={onDrop}>{say('campaign.areasDrop')}</Button>
      </div>
    </div>
  )
}
