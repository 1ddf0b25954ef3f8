import { Link } from 'wouter'
import type { AuditLine } from '#protocol/audit.ts'
import { actFacts, actText } from '#coordinator/audit/act-words.ts'
import styles from '#coordinator/audit/audit.module.css'
import { useSettingWords } from '#coordinator/campaign/setting-words.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { offlineFromMs } from '#coordinator/time-words.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { Ref } from '#ui/ref/ref.tsx'

/** One line an act: when, who, what, on which entry and revision, and whether a seal proves it. */
export function AuditTable({ lines }: { readonly lines: readonly AuditLine[] }) {
  const { say } = useDesk().words
  return (
    <div className={styles.scroll} role="region" aria-label={say('audit.table')} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{say('audit.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('audit.when')}</th>
            <th scope="col">{say('audit.what')}</th>
            <th scope="col">{say('audit.who')}</th>
            <th scope="col">{say('audit.ref')}</th>
            <th scope="col">{say('audit.proof')}</th>
          </tr>
        </thead>
        <tbody>{lines.map((line) => <AuditRow key={line.place} line={line} />)}</tbody>
      </table>
    </div>
  )
}

function AuditRow({ line }: { readonly line: AuditLine }) {
  const { words } = useDesk()
  const { say, time } = words
  const settings = useSettingWords()
  const facts = actFacts(line, words, settings)
  const isLate = line.recordedAt !== null && Math.abs(Date.parse(line.receivedAt) - Date.parse(line.recordedAt)) >= offlineFromMs
  return (
    <tr data-aside={line.setAside !== null}>
      <td className={styles.when}>
        <time dateTime={line.receivedAt}>{time.instant(line.receivedAt)}</time>
        {isLate && line.recordedAt !== null ? <span className={styles.quiet}>{say('audit.recordedAt', { time: time.instant(line.recordedAt) })}</span> : null}
      </td>
      <td>
        <b className={styles.act}>{actText(line, words)}</b>
        {facts === '' ? null : <span className={styles.facts}>{facts}</span>}
        {line.reason === null ? null : <q className={styles.reason}><bdi>{line.reason}</bdi></q>}
        {line.setAside === null ? null : <span className={styles.asideState}><Icon name="warning" size="text" /><Link href="/desk/aside">{say('audit.setAside')}</Link></span>}
      </td>
      <td><Who line={line} /></td>
      <td className={styles.entry}>
        {line.entryId === null || line.ref === null ? null : line.erased ? <Ref value={line.ref} /> : <Link href={`/desk/entry/${line.entryId}`}><Ref value={line.ref} /></Link>}
        {line.revision === null ? null : <span className={styles.quiet}>{say('audit.revision', { revision: line.revision })}</span>}
      </td>
      <td><Proof proven={line.proven} /></td>
    </tr>
  )
}

function Who({ line }: { readonly line: AuditLine }) {
  const { words } = useDesk()
  const { say } = words
  const { by, carriedBy, isImport } = line
  const device = line.device ?? ''
  return (
    <>
      <bdi className={styles.name}>{isImport || by === null ? say('audit.server') : by.name}</bdi>
      <span className={styles.quiet}>
        {words.dots([isImport || by === null ? '' : say(`people.${by.role}`), device, carriedBy === null ? '' : say(isImport ? 'audit.imported' : 'audit.carried', { name: carriedBy })])}
      </span>
    </>
  )
}

/** Acts on the campaign have no seal: the server keeps them. */
function Proof({ proven }: { readonly proven: boolean | null }) {
  const { say } = useDesk().words
  if (proven === null) return <span className={styles.quiet}>{say('audit.byServer')}</span>
  if (proven) return <span className={styles.sealed}><Icon name="check" size="text" />{say('audit.sealed')}</span>
  return <span className={styles.asideState}><Icon name="warning" size="text" />{say('audit.unsealed')}</span>
}
