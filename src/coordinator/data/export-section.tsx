import { useId, useState } from 'react'
import { dayHere } from '#domain/day-here.ts'
import type { ApiProblem } from '#device/device.ts'
import { isLocale, locales } from '#i18n/locale.ts'
import { exportName, exportTypes } from '#protocol/export-order.ts'
import type { ExportOrder } from '#protocol/export-order.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskKey } from '#coordinator/desk-words.ts'
import { countRecords } from '#coordinator/data/csv-records.ts'
import styles from '#coordinator/data/data.module.css'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { Select } from '#ui/select/select.tsx'

type Exporting =
  | { readonly step: 'idle' }
  | { readonly step: 'reading'; readonly order: ExportOrder }
  | { readonly step: 'done'; readonly order: ExportOrder; readonly name: string; readonly rows: number | null; readonly bytes: number }
  | { readonly step: 'failed'; readonly order: ExportOrder; readonly problem: ApiProblem }

interface Offer {
  readonly name: DeskKey
  readonly text: DeskKey
  readonly files: readonly { readonly as: string; readonly order: ExportOrder }[]
}

const offers: readonly Offer[] = [
  { name: 'data.exportChallenges', text: 'data.exportChallengesText', files: [{ as: 'XLSX', order: { format: 'xlsx', kind: 'challenge' } }, { as: 'CSV', order: { format: 'csv', kind: 'challenge' } }] },
  { name: 'data.exportActions', text: 'data.exportActionsText', files: [{ as: 'XLSX', order: { format: 'xlsx', kind: 'action' } }, { as: 'CSV', order: { format: 'csv', kind: 'action' } }] },
  { name: 'data.export5w', text: 'data.export5wText', files: [{ as: 'XLSX', order: { format: '5w-xlsx' } }, { as: 'CSV', order: { format: '5w' } }] },
  { name: 'data.exportLinks', text: 'data.exportLinksText', files: [{ as: 'XLSX', order: { format: 'links-xlsx' } }, { as: 'CSV', order: { format: 'links' } }] },
  { name: 'data.exportPoints', text: 'data.exportPointsText', files: [{ as: 'GeoJSON', order: { format: 'geojson' } }] },
  { name: 'data.exportHashes', text: 'data.exportHashesText', files: [{ as: 'JSON', order: { format: 'json' } }] },
  { name: 'data.exportBook', text: 'data.exportBookText', files: [{ as: 'CSV', order: { format: 'codebook' } }] },
]

/** What can be taken out, each with what it is for, in the language that its readers want. */
export function ExportSection() {
  const { device, ground, words } = useDesk()
  const { say } = words
  const id = useId()
  const [lang, setLang] = useState(words.locale)
  const [state, setState] = useState<Exporting>({ step: 'idle' })
  async function take(order: ExportOrder): Promise<void> {
    setState({ step: 'reading', order })
    const result = await device.api.exportFile(order)
    if (!result.ok) return setState({ step: 'failed', order, problem: result.problem })
    const name = datedName(order, ground.now())
    ground.saveFile(name, exportTypes[order.format], result.value)
    setState({ step: 'done', order, name, rows: rowsIn(order, result.value), bytes: result.value.byteLength })
  }
  const isReading = state.step === 'reading'
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 id={id}>{say('data.exportTitle')}</h2>
      <p className={styles.lead}>{say('data.exportText')}</p>
      <p className={styles.lead}>{say('data.exportSpreadsheets')}</p>
      <div className={styles.narrow}>
        <Select label={say('data.exportLanguage')} value={lang} options={locales.map((locale) => ({ value: locale, label: words.ownName(locale), lang: locale }))} onChange={(next) => setLang(isLocale(next) ? next : words.locale)} />
      </div>
      <ul className={styles.offers}>
        {offers.map(({ name, text, files }) => (
          <li key={name}>
            <h3>{say(name)}</h3>
            <p className={styles.quiet}>{say(text)}</p>
            <div className={styles.acts}>
              {files.map(({ as, order }) => <Button key={as} icon="received" isDisabled={isReading} aria-label={say('data.exportAs', { what: say(name), format: as })} onClick={() => void take({ ...order, lang })}>{as}</Button>)}
            </div>
            <div className={styles.told}>
              <p role="status">{isOf(files) ? told() : ''}</p>
              {state.step === 'failed' && isOf(files) ? <ProblemNote problem={state.problem} onRetry={() => void take(state.order)} /> : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )

  function isOf(files: Offer['files']): boolean {
    return state.step !== 'idle' && files.some(({ order: { format, kind } }) => format === state.order.format && kind === state.order.kind)
  }
  function told(): string {
    if (state.step !== 'done') return isReading ? say('data.exporting') : ''
    const { name, rows, bytes } = state
    return rows === null ? say('data.exportedSize', { name, size: words.bytes(bytes) }) : say('data.exported', { name, rows })
  }
}

/** `terrain-challenges-2026-03-02.csv` */
function datedName(order: ExportOrder, nowMs: number): string {
  const name = exportName(order)
  const dot = name.lastIndexOf('.')
  return `terrain-${name.slice(0, dot)}-${dayHere(nowMs)}${name.slice(dot)}`
}

/** How many entries a CSV of them holds: the names of the columns and the row of tags are none. Null where rows are not entries. */
function rowsIn({ format }: ExportOrder, bytes: ArrayBuffer): number | null {
  return format === 'csv' || format === '5w' ? Math.max(0, countRecords(new TextDecoder().decode(bytes)) - 2) : null
}
