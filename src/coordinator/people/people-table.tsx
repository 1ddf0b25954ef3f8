import { Fragment } from 'react'
import type { DeviceRow, MemberRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { spansOf } from '#coordinator/people/missing-spans.ts'
import styles from '#coordinator/people/people.module.css'
import { silentFromMs } from '#coordinator/time-words.ts'
import { Icon } from '#ui/icon/icon.tsx'

/** One line a phone; what a phone has numbered and the server never got stands right below it. */
export function PeopleTable({ members }: { readonly members: readonly MemberRow[] }) {
  const { say } = useDesk().words
  return (
    <div className={styles.scroll} role="region" aria-label={say('people.table')} tabIndex={0}>
      <table className={styles.table}>
        <caption className={styles.hidden}>{say('people.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('people.person')}</th>
            <th scope="col" className={styles.end}>{say('people.entries')}</th>
            <th scope="col">{say('people.phone')}</th>
            <th scope="col">{say('people.lastContact')}</th>
            <th scope="col">{say('people.app')}</th>
            <th scope="col" className={styles.end}>{say('people.pendingChanges')}</th>
            <th scope="col" className={styles.end}>{say('people.pendingPhotos')}</th>
            <th scope="col">{say('people.state')}</th>
          </tr>
        </thead>
        <tbody>{members.map((member) => <MemberRows key={member.id} member={member} />)}</tbody>
      </table>
    </div>
  )
}

function MemberRows({ member }: { readonly member: MemberRow }) {
  const { words } = useDesk()
  const { say } = words
  const rowCount = Math.max(1, member.devices.length) + member.devices.filter(({ missing }) => missing.length > 0).length
  const name = (
    <th scope="rowgroup" rowSpan={rowCount}>
      <bdi>{member.name}</bdi>
      <span className={styles.quiet}>{words.dots([...(member.organisation === undefined ? [] : [member.organisation]), say(`people.${member.role}`), ...(member.endedAt === null ? [] : [say('people.ended')])])}</span>
    </th>
  )
  const entries = <td className={styles.end} rowSpan={rowCount}>{words.number(member.entries)}</td>
  if (member.devices.length === 0) return <tr>{name}{entries}<td colSpan={6} className={styles.quiet}>{say('people.noPhone')}</td></tr>
  return member.devices.map((device, index) => (
    <Fragment key={device.id}>
      <tr className={device.missing.length > 0 ? styles.late : undefined}>
        {index === 0 ? name : null}
        {index === 0 ? entries : null}
        <DeviceCells device={device} />
      </tr>
      {device.missing.length === 0 ? null : (
        <tr><td colSpan={6}><p className={styles.missing}>{say('people.missing', { count: device.missing.length, list: words.list(spansOf(device.missing).map((span) => words.span(span))) })}</p></td></tr>
      )}
    </Fragment>
  ))
}

function DeviceCells({ device }: { readonly device: DeviceRow }) {
  const { words, ground } = useDesk()
  const { say } = words
  return (
    <>
      <td><bdi>{device.label}</bdi></td>
      <td>{device.lastContactAt === null ? say('people.never') : <time dateTime={device.lastContactAt} title={words.time.instant(device.lastContactAt)}>{words.time.ago(device.lastContactAt, ground.now())}</time>}</td>
      <td className={styles.num}>{device.appVersion}</td>
      <td className={styles.end} data-holds={device.pendingChanges > 0}>{words.number(device.pendingChanges)}</td>
      <td className={styles.end}>{words.number(device.pendingFiles)}</td>
      <td><PhoneState device={device} nowMs={ground.now()} /></td>
    </>
  )
}

function PhoneState({ device, nowMs }: { readonly device: DeviceRow; readonly nowMs: number }) {
  const { words } = useDesk()
  const { say } = words
  if (device.revokedAt !== null) return <span className={styles.stopState}><Icon name="lock" size="text" />{say('people.revoked')}</span>
  const holds = device.pendingChanges > 0 || device.pendingFiles > 0 || device.missing.length > 0
  if (!holds) return <span className={styles.doneState}><Icon name="check" size="text" />{say('people.here')}</span>
  const silentMs = device.lastContactAt === null ? 0 : nowMs - Date.parse(device.lastContactAt)
  if (silentMs < silentFromMs) return <span className={styles.state}><Icon name="phone" size="text" />{say('people.onItsWay')}</span>
  return <span className={styles.askState}><Icon name="clock" size="text" />{say('people.silent', { duration: words.time.span(silentMs) })}</span>
}
