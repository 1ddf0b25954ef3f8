import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto, reopened, savedChallenge, until } from '../support/phone.ts'

/** The database whose page gets no transaction any more once `passing` have begun. */
const dying = { name: '', passing: 0 }

// eslint-disable-next-line typescript/unbound-method -- It is called with its own `this` below.
const real = IDBDatabase.prototype.transaction
afterAll(() => void (IDBDatabase.prototype.transaction = real))
beforeAll(() => {
  // Before the databases open: the library binds it then.
  IDBDatabase.prototype.transaction = function transaction(this: IDBDatabase, ...about) {
    if (this.name === dying.name) {
      dying.passing -= 1
      if (dying.passing < 0) throw new DOMException('the page was killed', 'AbortError')
    }
    return real.apply(this, about)
  }
})

describe('a browser that dies in the middle of a save', () => {
  it('[DS30] at whatever transaction: the draft is there with its photo, or the entry is, with its photo and once', async () => {
    const outcomes = new Set<string>()
    for (let passing = 0; passing < 8; passing += 1) outcomes.add(await dieAfter(passing))
    expect([...outcomes].toSorted()).toEqual(['draft', 'entry'])
  })
})

describe('a browser that dies while it takes what the server sent', () => {
  it('[SY50] at whatever transaction: what was sent is here, or is asked for again', async () => {
    const heard = new Set<boolean>()
    for (let passing = 0; passing < 16; passing += 1) heard.add(await dieOverAnswer(passing))
    // Both were met: a page that died too early to have taken it, and one that had.
    expect(heard).toEqual(new Set([false, true]))
  })
})

/** Dies after so many transactions of a sync that brings a comment; whether the comment was there before the next start heard from the server. */
async function dieOverAnswer(passing: number): Promise<boolean> {
  const phone = await joinedPhone()
  const entryId = await savedChallenge(phone.device)
  await phone.device.flush()
  const comment = phone.server.addChange({ entryId, type: 'comment', body: { text: 'Is the well still dry?', lang: 'en' } })
  Object.assign(dying, { name: phone.ground.databaseName, passing })
  await phone.device.flush().catch(() => null)
  phone.device.close()
  dying.name = ''
  const again = await reopened(phone, { isOnline: false })
  const wasHere = await hasComment()
  again.ground.setOnline(true)
  await again.device.flush()
  expect(await hasComment()).toBe(true)
  again.device.close()
  return wasHere

  async function hasComment(): Promise<boolean> {
    const [entry] = await until(again.device.entries, (entries) => entries.length === 1)
    return entry?.state.comments.some(({ change }) => change === comment) ?? false
  }
}

/** Lets so many transactions of the save begin, and none after them; what is left is read by the next start. */
async function dieAfter(passing: number): Promise<'draft' | 'entry'> {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  const draft = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(draft.id, { fields: { ...aChallenge({ consentPhoto: true }) } })
  const photo = await phone.device.addPhoto(draft.id, onePixelPhoto())
  if (!photo.ok) throw new Error(JSON.stringify(photo.problem))
  Object.assign(dying, { name: phone.ground.databaseName, passing })
  await phone.device.saveDraft(draft.id).catch(() => null)
  phone.device.close()
  dying.name = ''
  const again = await reopened(phone)
  const [kept, entry] = [await again.device.readDraft(draft.id), (await until(again.device.entries, () => true)).find(({ state }) => state.id === draft.id)]
  expect([kept === null, entry === undefined]).toEqual(kept === null ? [true, false] : [false, true])
  expect((await again.device.readFile(photo.value))?.bytes.byteLength).toBe(600_000)
  const isSaved = kept === null
  expect(await again.device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 0 })
  expect(again.ground.uploads.map(({ bytes }) => bytes.byteLength).toSorted((a, b) => a - b)).toEqual(isSaved ? [3, 600_000] : [])
  expect(again.server.stored().filter(({ change }) => change.type === 'record')).toHaveLength(isSaved ? 1 : 0)
  again.device.close()
  return isSaved ? 'entry' : 'draft'
}
