import { withoutContacts } from '#domain/personal-data.ts'
import { byteOrderMark, csvText } from '#exchange/csv.ts'
import type { Cell } from '#exchange/csv.ts'

/** An act of the log as a file takes it; the same names as on the wire. */
export interface AuditedAct {
  readonly place: string
  readonly receivedAt: string
  readonly recordedAt: string | null
  readonly act: string
  readonly verdict: string | null
  readonly by: { readonly name: string; readonly role: string } | null
  readonly device: string | null
  readonly carriedBy: string | null
  readonly isImport: boolean
  readonly ref: string | null
  readonly revision: number | null
  readonly fields: readonly string[]
  readonly reason: string | null
  readonly linkKind: string | null
  readonly subject: string | null
  readonly role: string | null
  readonly count: number | null
  readonly setAside: string | null
  readonly erased: boolean
  readonly proven: boolean | null
}

const columns: readonly (readonly [string, string, (act: AuditedAct) => Cell])[] = [
  ['Place in the log', '#meta+id', ({ place }) => place],
  ['Received at', '#date+received', ({ receivedAt }) => receivedAt],
  ['Recorded at', '#date+recorded', ({ recordedAt }) => recordedAt ?? undefined],
  ['Act', '#meta+act', ({ act }) => act],
  ['Verdict', '#status+verdict', ({ verdict }) => verdict ?? undefined],
  ['By', '#contact+name+by', ({ by }) => by?.name],
  ['Role', '#contact+role+by', ({ by }) => by?.role],
  ['Device', '#meta+device', ({ device }) => device ?? undefined],
  ['Brought by', '#contact+name+carrier', ({ carriedBy, isImport }) => (isImport ? undefined : (carriedBy ?? undefined))],
  ['Imported by', '#contact+name+importer', ({ carriedBy, isImport }) => (isImport ? (carriedBy ?? undefined) : undefined)],
  ['Reference', '#meta+ref', ({ ref }) => ref ?? undefined],
  ['Revision', '#meta+revision+num', ({ revision }) => revision ?? undefined],
  ['Fields or settings', '#meta+fields', ({ fields }) => fields.join(' | ')],
  ['Reason', '#description+reason', ({ reason }) => reason ?? undefined],
  ['Kind of link', '#meta+link', ({ linkKind }) => linkKind ?? undefined],
  ['Done to', '#meta+subject', ({ subject }) => subject ?? undefined],
  ['Role given', '#meta+role+given', ({ role }) => role ?? undefined],
  ['Entries', '#meta+entries+num', ({ count }) => count ?? undefined],
  ['Set aside', '#status+aside', ({ setAside }) => setAside ?? undefined],
  ['Erased', '#status+erased', ({ erased }) => (erased ? 'yes' : 'no')],
  ['Sealed by its device', '#status+proven', ({ proven }) => (proven === null ? undefined : proven ? 'yes' : 'no')],
]

/** The names of the columns, and their tags right below. */
export function auditCsvHead(): string {
  return `${byteOrderMark}${csvText([columns.map(([name]) => name), columns.map(([, tag]) => tag)])}`
}

/** Acts as rows. What people wrote as a reason leaves without addresses and numbers to call. */
export function auditCsvRows(acts: readonly AuditedAct[]): string {
  return csvText(acts.map((act) => columns.map(([, , cell]) => cell(plain(act)))))
}

/** One act a line, as JSON. */
export function auditJsonLines(acts: readonly AuditedAct[]): string {
  return acts.map((act) => `${JSON.stringify(plain(act))}\n`).join('')
}

function plain<Act extends AuditedAct>(act: Act): Act {
  return act.reason === null ? act : { ...act, reason: withoutContacts(act.reason) }
}
