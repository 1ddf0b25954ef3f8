import { useMemo, useState } from 'react'
import type { Kind } from '#domain/entry.ts'
import { dayHere } from '#domain/day-here.ts'
import { guessPlan, languageOfColumn, valuesOf } from '#exchange/guess-plan.ts'
import { importRows, mappingFor } from '#exchange/import-table.ts'
import type { ImportedTable } from '#exchange/import-table.ts'
import { codesOfField, fieldsNeeded, usualConstants } from '#exchange/plan-fields.ts'
import { longestListName } from '#exchange/plan.ts'
import type { Plan } from '#exchange/plan.ts'
import { readTable } from '#exchange/table.ts'
import type { Table } from '#exchange/table.ts'
import type { Sheet } from '#exchange/xlsx-rows.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import { DryRun } from '#coordinator/data/dry-run.tsx'
import type { Sending } from '#coordinator/data/dry-run.tsx'
import { keepPlan } from '#coordinator/data/kept-plans.ts'
import { PlanEditor, rowIdField } from '#coordinator/data/plan-editor.tsx'
import { useEarlier } from '#coordinator/data/use-earlier.ts'
import { Unshown } from '#coordinator/data/unshown.tsx'
import { Button } from '#ui/button/button.tsx'
import { Segmented } from '#ui/segmented/segmented.tsx'
import { Select } from '#ui/select/select.tsx'

interface TablePreviewProps {
  readonly sheets: readonly Sheet[]
  readonly sending: Sending
  /** The table with how it is to be read, as the server takes it. */
  readonly onBringIn: (order: string, again: boolean) => void
  readonly fileName: string
}

/** What a table would become, before anything of it is brought in: known kinds of files at once, others after their columns were looked at. */
export function TablePreview({ sheets, sending, fileName, onBringIn }: TablePreviewProps) {
  const { say } = useDesk().words
  const [name, setName] = useState(() => sheets.toSorted((a, b) => Number(a.isHidden === true) - Number(b.isHidden === true) || b.rows - a.rows)[0]?.name ?? '')
  const [isWhole, setWhole] = useState(true)
  const sheet = sheets.find((one) => one.name === name) ?? sheets[0]
  if (sheet === undefined) return <p>{say('data.unreadable')}</p>
  return (
    <div className={styles.preview}>
      {sheets.length < 2 ? null : <Select label={say('import.sheet')} value={sheet.name} options={sheets.map((one) => ({ value: one.name, label: one.name }))} onChange={(next) => setName(next ?? sheet.name)} />}
      <Unshown sheet={sheet} isWhole={isWhole} onWhole={setWhole} />
      <SheetPreview key={`${sheet.name} ${isWhole}`} csv={isWhole ? sheet.csv : (sheet.hidden?.shown ?? sheet.csv)} sending={sending} suggested={nameOfList(fileName, sheets.length > 1 ? sheet.name : '')} onBringIn={onBringIn} />
    </div>
  )
}

/** What a list may be called: as its file and, where that has several, its sheet. */
function nameOfList(file: string, sheet: string): string {
  return [file.replace(/\.[a-z]{2,7}$/i, ''), sheet].filter((part) => part !== '').join(' · ').slice(0, longestListName).trim()
}

function SheetPreview({ csv, sending, suggested, onBringIn }: Pick<TablePreviewProps, 'sending' | 'onBringIn'> & { readonly csv: string; readonly suggested: string }) {
  const { device, ground, words } = useDesk()
  const { say } = words
  const [today] = useState(() => dayHere(ground.now()))
  const table = useMemo(() => readTable(csv), [csv])
  const known = useMemo(() => mappingFor(table)?.id ?? null, [table])
  const [isByHand, setByHand] = useState(known === null)
  const [plan, setPlan] = useState(() => firstPlan(table, words))
  const [tried, setTried] = useState<ImportedTable | null>(() => firstTry(table, known, plan))
  const outcome = isByHand || known !== null ? tried : null
  const handlePlan = (next: Plan): void => {
    setPlan(next)
    setTried(null)
  }
  const { lists, isAsBefore, anew } = useEarlier({ table, plan, suggested, isByHand, onPlan: handlePlan })
  const handleKind = (kind: Kind): void => handlePlan(named(planOf(table, words, kind), plan.rowId))
  const handleColumn = (index: number, field: string | null): void => handlePlan(field === rowIdField ? named(withColumn(table, plan, words, { index, field: null }), { column: index, list: plan.rowId?.list ?? (lists?.length === 0 ? suggested : '') }) : withColumn(table, plan, words, { index, field }))
  const handleMode = (byHand: boolean): void => {
    setByHand(byHand)
    setTried(byHand ? null : importRows(table))
  }
  const isUnnamed = plan.rowId !== undefined && plan.rowId.list.trim() === ''
  const order = useMemo(() => JSON.stringify({ text: csv, ...(isByHand ? { plan } : {}) }), [csv, isByHand, plan])
  const handleBringIn = (again: boolean): void => {
    if (isByHand) void keepPlan(device, table, plan)
    onBringIn(order, again)
  }
  // Without a row there is nothing to map, and nothing to try.
  if (table.rows.length === 0) return <p className={styles.result} role="status">{say('import.rows', { rows: 0 })} {say('import.noRows')}</p>
  return (
    <>
      <p className={styles.result}>{say('import.rows', { rows: table.rows.length })}</p>
      {known === null ? <p>{say('import.unknown')}</p> : <p>{say('import.known', { name: known })} <Button look="plain" onClick={() => handleMode(!isByHand)}>{say(isByHand ? 'import.asKnown' : 'import.byHand')}</Button></p>}
      {isByHand ? (
        <>
          <Segmented label={say('import.kind')} value={plan.kind} segments={(['challenge', 'action'] as const).map((kind) => ({ value: kind, label: words.kind(kind) }))} onChange={handleKind} />
          {isAsBefore ? <p>{say('import.asBefore')} <Button look="plain" onClick={anew}>{say('import.guessAnew')}</Button></p> : null}
          <PlanEditor table={table} plan={plan} lists={lists ?? []} suggested={suggested} onColumn={handleColumn} onPlan={handlePlan} />
          <div className={styles.acts}><Button isDisabled={isUnnamed} onClick={() => setTried(importRows(table, plan, today))}>{say('import.try')}</Button><span className={styles.quiet}>{say(isUnnamed ? 'import.nameList' : 'import.tryHint')}</span></div>
        </>
      ) : null}
      {outcome === null ? null : <DryRun outcome={outcome} table={table} sending={sending} order={order} onBringIn={handleBringIn} />}
    </>
  )
}

type DeskSpeech = ReturnType<typeof useDesk>['words']

/** A file whose header could not be read has nothing to choose from: what is wrong with it stands there at once. */
function firstTry(table: Table, known: string | null, plan: Plan): ImportedTable | null {
  if (known !== null) return importRows(table)
  return table.headers.length === 0 && table.rows.length > 0 ? importRows(table, plan) : null
}

/** A table that names organisations and says of nothing how severe it is lists actions. */
function firstPlan(table: Table, words: DeskSpeech): Plan {
  const asAction = planOf(table, words, 'action')
  const asChallenge = planOf(table, words, 'challenge')
  return asAction.columns['orgName'] !== undefined && asChallenge.columns['severity'] === undefined ? asAction : asChallenge
}

function planOf(table: Table, words: DeskSpeech, kind: Kind): Plan {
  return guessPlan(table, { kind, labelOf: words.code, list: '' })
}

/** What a person said of the numbers of the rows stays whatever the rows become. */
function named({ rowId: _guessed, ...plan }: Plan, rowId: Plan['rowId']): Plan {
  return rowId === undefined ? plan : { ...plan, rowId, columns: Object.fromEntries(Object.entries(plan.columns).filter(([, column]) => column !== rowId.column)) }
}

/** A field comes from one column, and a column gives one field; what is needed and has none gets what is usual. */
function withColumn(table: Table, before: Plan, words: DeskSpeech, { index, field }: { readonly index: number; readonly field: string | null }): Plan {
  const { rowId, ...rest } = before
  const plan = rowId === undefined || rowId.column === index ? rest : before
  const columns = Object.fromEntries(Object.entries(plan.columns).filter(([name, at]) => at !== index && name !== field))
  const values = Object.fromEntries(Object.entries(plan.values).filter(([name]) => columns[name] !== undefined))
  const needed = fieldsNeeded(plan.kind).filter((name) => columns[name] === undefined && name !== field)
  const lang = languageOfColumn(table, field === 'description' ? index : columns['description'])
  const likely = Object.entries({ ...usualConstants, ...(lang === null ? {} : { lang }) })
  const usual = Object.fromEntries(likely.filter(([name]) => needed.includes(name) && plan.constants[name] === undefined))
  if (field === null) return { ...plan, columns, values, constants: { ...usual, ...plan.constants } }
  const mapped = codesOfField(field) === null ? {} : { [field]: valuesOf(table, { field, index }, words.code) }
  return { ...plan, columns: { ...columns, [field]: index }, values: { ...values, ...mapped }, constants: { ...usual, ...plan.constants } }
}
