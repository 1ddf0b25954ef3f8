import * as v from 'valibot'
import { createUuid } from '#domain/new-ids.ts'
import { quarantineResponseSchema } from '#protocol/aside.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import type { Placed, Spread } from './spread.ts'
import type { MadeEntry } from './world-entries.ts'
import { callAs, joinStranger } from './world-ground.ts'
import type { WorldGround } from './world-ground.ts'

interface People {
  readonly ground: WorldGround
  readonly spread: Spread
  readonly coordinator: ScriptDevice
  /** By which volunteers join. */
  readonly link: string
}

/** Members, phones, invites and saved views with hostile names; and what the log keeps of those that were set aside and erased. */
export async function makePeople({ ground, spread, coordinator, link }: People, turns: number): Promise<{ readonly shown: readonly Placed[]; readonly logged: readonly Placed[]; readonly views: readonly Placed[] }> {
  const [shown, logged, views]: [Placed[], Placed[], Placed[]] = [[], [], []]
  for (let turn = 0; turn < turns; turn += 1) {
    const [name, organisation, label, nextLabel, note] = ['joinRequest.name', 'joinRequest.organisation', 'joinRequest.device.label', 'rotateRequest.device.label', 'inviteRequest.note'].map((place) => spread.at(place, turn)) as [Placed, Placed, Placed, Placed, Placed]
    const { member } = await joinStranger(ground, link, { name: name.text, organisation: organisation.text, label: label.text, nextLabel: nextLabel.text })
    await callAs(ground, coordinator, 'POST', ['/invites', { role: 'volunteer', note: note.text }])
    const [asideReason, eraseReason] = [spread.at('asideRequest.reason', turn), spread.at('eraseMemberRequest.reason', turn)]
    await callAs(ground, coordinator, 'PUT', [`/members/${member.id}/aside`, { since: '2026-01-01T00:00:00Z', reason: asideReason.text }])
    const { member: gone } = await joinStranger(ground, link, { name: 'Somebody', organisation: 'Nobody', label: 'phone', nextLabel: 'phone' })
    await callAs(ground, coordinator, 'POST', [`/members/${gone.id}/erase`, { reason: eraseReason.text }])
    const [view, search] = [spread.at('saveView.name', turn), spread.at('saveView.search', turn)]
    await callAs(ground, coordinator, 'PUT', [`/views/${createUuid(ground.deps.clock, ground.deps.chance)}`, { name: view.text, search: search.text }])
    shown.push(name, organisation, label, nextLabel, note)
    logged.push(asideReason, eraseReason)
    views.push(view)
  }
  return { shown, logged, views }
}

/** What is set aside: of a member who may not say it, of a version that nobody knows, and bytes that do not read; some of it settled, some released. */
export async function makeAside({ ground, spread, coordinator }: People, { other, entries, turns }: { readonly other: ScriptDevice; readonly entries: readonly MadeEntry[]; readonly turns: number }): Promise<{ readonly shown: readonly Placed[]; readonly released: readonly Placed[] }> {
  const [shown, released]: [Placed[], Placed[]] = [[], []]
  const asked = entries.filter(({ fate, kind }) => fate === 'asked' && kind === 'challenge')
  for (let turn = 0; turn < turns; turn += 1) {
    const entryId = asked[turn]?.id
    if (entryId === undefined) throw new Error('no entry to speak about')
    const about = { entryId }
    const [forbidden, reason, unread, settled, type] = [spread.at('comment.text', turn + 11), spread.at('release.reason', turn), spread.at('unreadable', turn), spread.at('settleRequest.reason', turn), spread.at('change.type', turn)]
    const comments = [forbidden, spread.at('comment.text', turn + 17)].map(({ text }) => other.change('comment', { text, lang: 'en' }, about))
    const newer = { ...other.change('comment', { text: spread.text('comment.text', turn + 19), lang: 'en' }, about), type: type.text, appVersion: spread.text('change.appVersion', turn) }
    const changes = [...comments, newer]
    await other.post({ ...(await other.requestFor(changes)), appVersion: spread.text('syncRequest.appVersion', turn) })
    await other.advance(changes)
    const release = coordinator.change('release', { change: (comments[1] ?? newer).id, reason: reason.text }, about)
    await coordinator.push([release])
    const { epoch, campaign } = other.joined
    await ground.deps.send(`${apiPrefix}/sync/quarantine`, { method: 'POST', headers: other.headers, body: JSON.stringify({ epoch, campaignId: campaign.id, deviceId: other.deviceId, id: null, bytes: Buffer.from(unread.text).toString('base64') }) })
    const { quarantined } = v.parse(quarantineResponseSchema, await callAs(ground, coordinator, 'GET', ['/quarantine']))
    const subject = quarantined.find(({ id }) => id === comments[0]?.id)?.subject
    if (subject !== undefined) await callAs(ground, coordinator, 'POST', ['/settlements', { subject, act: 'settle', reason: settled.text }])
    shown.push(forbidden, unread, settled)
    released.push(reason)
  }
  return { shown, released }
}
