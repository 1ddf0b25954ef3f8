import { describe, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import type { LocalEntry } from '#device/device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { writeMembership } from '#device/store/identity.ts'
import { readMeta } from '#device/store/meta.ts'
import type { OwnMembership } from '#device/store/meta.ts'
import { refold } from '#device/store/refold.ts'
import { joinedPhone, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'

const yearMs = 365 * 86_400_000

/** What home shows first, and what the whole list says, by the descriptions, once both know of an entry. */
async function shown({ device }: Phone, known: EntryId): Promise<{ readonly home: readonly unknown[]; readonly list: readonly unknown[] }> {
  const isKnown = (entries: readonly LocalEntry[]): boolean => entries.some(({ state }) => state.id === known)
  const look = await until(device.firstLook, ({ newest }) => isKnown(newest))
  const all = await until(device.entries, isKnown)
  return { home: look.newest.map(({ state }) => state.content.description), list: all.map(({ state }) => state.content.description) }
}

describe('a phone whose clock is wrong', () => {
  it('[DS149] what was just saved stands first where a flat battery has set the clock to years ago, and stays there when it is right again', async () => {
    const phone = await joinedPhone()
    await savedChallenge(phone.device, { description: 'Before the battery went.' })
    phone.ground.time.advance(-26 * yearMs)
    await savedChallenge(phone.device, { description: 'In the year 2000.' })
    const later = await savedChallenge(phone.device, { description: 'In the year 2000, later.' })
    const saved = ['In the year 2000, later.', 'In the year 2000.', 'Before the battery went.']
    expect(await shown(phone, later)).toEqual({ home: saved, list: saved })
    phone.ground.time.advance(26 * yearMs + 60_000)
    const last = await savedChallenge(phone.device, { description: 'The clock is right again.' })
    await phone.device.flush()
    phone.device.close()
    const again = await reopened(phone)
    const all = ['The clock is right again.', ...saved]
    expect(await shown(again, last)).toEqual({ home: all, list: all })
    again.device.close()
  })

  it('[DS149] an entry from years ahead does not stay above what is saved after it', async () => {
    const phone = await joinedPhone()
    phone.ground.time.advance(5 * yearMs)
    await savedChallenge(phone.device, { description: 'Five years ahead.' })
    phone.ground.time.advance(-5 * yearMs)
    for (let at = 1; at < 60; at += 1) await savedChallenge(phone.device, { description: `Entry number ${at}.` })
    const last = await savedChallenge(phone.device, { description: 'Entry number 60.' })
    const newest = Array.from({ length: 60 }, (_, at) => `Entry number ${60 - at}.`)
    expect(await shown(phone, last)).toEqual({ home: newest.slice(0, 50), list: [...newest, 'Five years ahead.'] })
    phone.device.close()
  })

  it('[DS149] so it is where the one from years ahead was saved by an earlier version, which kept no order', async () => {
    const phone = await joinedPhone()
    phone.ground.time.advance(5 * yearMs)
    await savedChallenge(phone.device, { description: 'Five years ahead.' })
    phone.ground.time.advance(-5 * yearMs)
    phone.device.close()
    const db = new DeviceDatabase(phone.ground.databaseName)
    await db.meta.delete('lastSaved')
    db.shut()
    const again = await reopened(phone)
    const last = await savedChallenge(again.device, { description: 'Saved after it.' })
    expect((await shown(again, last)).home).toEqual(['Saved after it.', 'Five years ahead.'])
    again.device.close()
  })

  it('[DS720] when the newest was saved goes with its campaign', async () => {
    const phone = await joinedPhone()
    await savedChallenge(phone.device)
    await phone.device.flush()
    phone.device.close()
    const db = new DeviceDatabase(phone.ground.databaseName)
    expect(await readMeta(db, 'lastSaved')).toMatch(/^20/)
    const own = (await readMeta(db, 'membership')) as OwnMembership
    const elsewhere = { ...own, membership: { ...own.membership, campaign: { ...own.membership.campaign, id: '01890000-0000-7000-8000-000000000099' as never } } }
    expect(await writeMembership(db, elsewhere, 'another')).toEqual({ ok: true, value: null })
    expect(await readMeta(db, 'lastSaved')).toBeUndefined()
    db.shut()
  })

  it('[DS149] the order is kept with the change: whatever folds the entry anew, it stands where it stood', async () => {
    const phone = await joinedPhone()
    await savedChallenge(phone.device, { description: 'The first of two.' })
    phone.ground.time.advance(-26 * yearMs)
    const id = await savedChallenge(phone.device, { description: 'The second of two.' })
    await phone.device.flush()
    phone.device.close()
    const db = new DeviceDatabase(phone.ground.databaseName)
    const before = await db.entries.get(id)
    await db.entries.delete(id)
    await db.write([db.changes, db.entries, db.meta], () => refold(db, new Set([id])))
    const after = await db.entries.get(id)
    expect({ ...after }).toEqual({ ...before })
    expect(after?.savedAt).toMatch(/^20\d\d-/)
    expect(after?.state.recordedAt).not.toBe(after?.savedAt)
    db.shut()
  })
})
