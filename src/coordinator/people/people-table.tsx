import { Fragment } from 'react'
import type { MemberRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { MemberChange } from '#coordinator/people/member-dialog.tsx'
import { MemberWhole } from '#coordinator/people/member-whole.tsx'
import { LostPhone } from '#coordinator/people/lost-phone.tsx'
import styles from '#coordinator/people/people.module.css'
import { clockOffOf, phonesOf } from '#coordinator/people/phones.ts'
import type { Phone } from '#coordinator/people/phones.ts'
import { silentFromMs } from '#coordinator/time-words.ts'
import { Icon } from '#ui/icon/icon.tsx'

/** One line a phone; what a phone has numbered and the server never got stands right below it. */
export function PeopleTable({ members, onChanged }: { readonly members: readonly MemberRow[]; readonly onChanged: () => void }) {
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
            <th scope="col"><span className="visually-hidden">{say('phones.acts')}</span></th>
          </tr>
        </thead>
        <tbody>{members.map((member) => <MemberRows key={member.id} member={member} onChanged={onChanged} />)}</tbody>
      </table>
    </div>
  )
}

function MemberRows({ member, onChanged }: { readonly member: MemberRow; readonly onChanged: () => void }) {
  const { words } = useDesk()
  const { say } = words
  const phones = phonesOf(member.devices)
  const rowCount = Math.max(1, phones.length) + phones.filter(hasMore).length
  const name = (
    <th scope="rowgroup" rowSpan={rowCount}>
      <bdi>{member.name}</bdi>
      <span className={styles.quiet}>{words.dots([...(member.organisation === undefined ? [] : [member.organisation]), say(`people.${member.role}`), ...(member.endedAt === null ? [] : [say('people.ended')])])}</span>
      <MemberChange member={member} onChanged={onChanged} />
      <MemberWhole member={member} onChanged={onChanged} />
    </th>
  )
  const entries = <td className={styles.end} rowSpan={rowCount} data-label={say('people.entries')}>{words.number(member.entries)}</td>
  if (phones.length === 0) return <tr>{name}{entries}<td colSpan={7} className={styles.quiet}>{say('people.noPhone')}</td></tr>
  return phones.map((phone, index) => (
    <Fragment key={phone.device.id}>
      <tr className={hasMore(phone) ? styles.late : undefined}>
        {index === 0 ? name : null}
        {index === 0 ? entries : null}
        <PhoneCells phone={phone} name={member.name} onChanged={onChanged} />
      </tr>
      {hasMore(phone) ? <tr><td colSpan={7}><PhoneNotes phone={phone} name={member.name} /></td></tr> : null}
    </Fragment>
  ))
}

/** A phone that was signed out has nothing more to say: what it held stands in the question before. */
function hasMore({ device, notArrived, isCloned }: Phone): boolean {
  return device.revokedAt === null && (notArrived.length > 0 || isCloned || clockOffOf(device) !== null)
}

function PhoneNotes({ phone, name }: { readonly phone: Phone; readonly name: string }) {
  const { words } = useDesk()
  const { say } = words
  const clock = clockOffOf(phone.device)
  return (
    <div className={styles.missing}>
      {phone.isCloned ? <p>{say('phones.cloned', { name })}</p> : null}
      {clock === null ? null : <p>{say(clock.key, { duration: words.time.span(clock.ms) })}</p>}
      {phone.notArrived.length === 0 ? null : <p>{say('phones.missing', { count: phone.notArrivedCount, name, list: words.list(phone.notArrived.map((span) => words.span(span))) })}</p>}
    </div>
  )
}

function PhoneCells({ phone, name, onChanged }: { readonly phone: Phone; readonly name: string; readonly onChanged: () => void }) {
  const { words, ground, membership } = useDesk()
  const { say } = words
  const { device, isRenewed } = phone
  const isThis = device.id === membership.deviceId
  return (
    <>
      <td><bdi>{device.label}</bdi></td>
      <td data-label={say('people.lastContact')}>{device.lastContactAt === null ? say('people.never') : <time dateTime={device.lastContactAt} title={words.time.instant(device.lastContactAt)}>{words.time.ago(device.lastContactAt, ground.now())}</time>}</td>
      <td className={styles.num} data-label={say('people.app')}>{device.appVersion}</td>
      <td className={styles.end} data-label={say('people.pendingChanges')} data-holds={!isRenewed && device.pendingChanges > 0}>{isRenewed ? null : words.number(device.pendingChanges)}</td>
      <td className={styles.end} data-label={say('people.pendingPhotos')}>{isRenewed ? null : words.number(device.pendingFiles)}</td>
      <td><PhoneState phone={phone} nowMs={ground.now()} /></td>
      <td className={styles.end}>{device.revokedAt !== null ? null : isThis ? <span className={styles.quiet}>{say('phones.this')}</span> : <LostPhone phone={phone} name={name} onDone={onChanged} />}</td>
    </>
  )
}

function PhoneState({ phone, nowMs }: { readonly phone: Phone; readonly nowMs: number }) {
  const { words } = useDesk()
  const { say } = words
  const { device, isHolding, isRenewed } = phone
  if (device.revokedAt !== null) return <span className={styles.stopState}><Icon name="lock" size="text" />{say('people.revoked')}</span>
  if (isRenewed) return <span className={styles.state}><Icon name="phone" size="text" />{say('phones.renewed')}</span>
  if (!isHolding) return <span className={styles.doneState}><Icon name="check" size="text" />{say('people.here')}</span>
  const silentMs = device.lastContactAt === null ? 0 : nowMs - Date.parse(device.lastContactAt)
  if (silentMs < silentFromMs) return <span className={styles.state}><Icon name="phone" size="text" />{say('people.onItsWay')}</span>
  return <span className={styles.askState}><Icon name="clock" size="text" />{say('people.silent', { duration: words.time.span(silentMs) })}</span>
}
