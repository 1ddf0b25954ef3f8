import { describe, expect, it } from 'vitest'
import { changeFrom } from '#domain/change.ts'
import type { ChangeEnvelope } from '#domain/change.ts'
import { namedFiles } from '#domain/named-files.ts'
import { fail } from '#domain/result.ts'
import { aChallenge } from '../support/contents.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { text } from '../support/fake-server.ts'
import { onePixelPhoto, savedChallenge } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { phonesOfTests } from '../support/phones-of-tests.ts'

const { join } = phonesOfTests()

describe('what the server is told of what is still here', () => {
  it('[SY15] a receipt of which the phone did not know is told again at once, so that nobody waits for what has arrived', async () => {
    // The files arrived, and the answers that said so were lost.
    const { device, server } = await join({ upload: () => Promise.resolve(fail({ kind: 'unreachable', code: 'no-answer' })) })
    const { entry } = await savedWithPhoto(device)
    await device.flush()
    expect(server.syncs().at(-1)?.manifest).toMatchObject({ pendingFiles: 2 })
    for (const sha256 of filesOf(server)) server.addChange({ entryId: entry, type: 'fileStored', body: { sha256, entryId: entry } })
    const before = server.syncs().length
    expect(await device.flush()).toMatchObject({ pendingFiles: 0 })
    expect(server.syncs().slice(before).map(({ manifest }) => manifest.pendingFiles)).toEqual([2, 0])
  })

  it('[SY15] and again, where the next answer settles more', async () => {
    const { device, server } = await join({ upload: () => Promise.resolve(fail({ kind: 'unreachable', code: 'no-answer' })) })
    const { entry } = await savedWithPhoto(device)
    await device.flush()
    const [first, ...others] = filesOf(server)
    const arrive = (sha256: string | undefined) => (sha256 === undefined ? undefined : server.addChange({ entryId: entry, type: 'fileStored', body: { sha256, entryId: entry } }))
    arrive(first)
    server.fault({ after: (path, answer) => {
      if (path === '/sync') arrive(others.pop())
      return answer
    } })
    const before = server.syncs().length
    expect(await device.flush()).toMatchObject({ pendingFiles: 0 })
    expect(server.syncs().slice(before).map(({ manifest }) => manifest.pendingFiles)).toEqual([2, 1, 0])
  })

  it('[SY15] where nothing was settled nothing is told twice', async () => {
    const { device, server } = await join({ upload: () => Promise.resolve(fail({ kind: 'unreachable', code: 'no-answer' })) })
    await savedWithPhoto(device)
    await device.flush()
    const before = server.syncs().length
    await device.flush()
    expect(server.syncs().slice(before).map(({ manifest }) => manifest.pendingFiles)).toEqual([2])
  })

  it('[SY2] a receipt for what was pulled before leaves the time that the server has of it', async () => {
    const { device, server, ground } = await join()
    ground.setOnline(false)
    const entry = await savedChallenge(device)
    ground.setOnline(true)
    // A copy of this phone has sent it: it comes back with the answer that was lost, and is sent once more.
    server.fault({ after: (path, answer) => (path === '/sync' ? 'no-answer' : answer) })
    await device.flush()
    server.fault({ after: (path, answer) => (path === '/sync' ? text(JSON.stringify({ ...JSON.parse(answer.body), results: [] })) : answer) })
    await device.flush()
    server.fault({ after: (path, answer) => (path === '/sync' ? text(JSON.stringify({ ...JSON.parse(answer.body), serverTime: '2026-03-02T12:00:00Z' })) : answer) })
    const raw = new DeviceDatabase(ground.databaseName)
    const [pulled] = await raw.changes.where('entryId').equals(entry).toArray()
    expect(pulled?.receivedAt).not.toBeNull()
    await device.flush()
    const [row] = await raw.changes.where('entryId').equals(entry).toArray()
    expect([row?.receivedAt, await raw.receipts.count()]).toEqual([pulled?.receivedAt, 1])
    raw.shut()
  })

  it('[SY49] what a restored server lacks and has lost its words here is named, and what it has or gets again is not', async () => {
    const { device, server } = await join()
    const [kept, erased] = [await savedChallenge(device), await savedChallenge(device)]
    await device.flush()
    const erasedChange = server.stored().find(({ change }) => change.entryId === erased)?.change.id ?? ('' as never)
    server.addItem((seq) => ({ seq, erased: { id: erasedChange, entryId: erased, changeHash: 'a'.repeat(64) as never, erasedAt: '2026-03-01T10:00:00Z' as never } }))
    await device.flush()
    await savedChallenge(device)
    await device.flush()
    expect(server.syncs().at(-1)?.manifest.erasedPlaces).toBeUndefined()
    const first = server.stored().find(({ change }) => change.entryId === kept)
    server.restore(first?.seq ?? 0)
    await device.flush()
    expect(server.syncs().at(-1)?.manifest).toMatchObject({ erasedPlaces: [2], pendingChanges: 0 })
  })
})

function filesOf(server: Phone['server']): readonly string[] {
  return server.stored().flatMap(({ change }) => (change.type === 'record' ? knownFiles(change) : []))
}

function knownFiles(change: ChangeEnvelope): readonly string[] {
  const known = changeFrom(change)
  return known === null ? [] : namedFiles(known)
}

async function savedWithPhoto(device: Phone['device']) {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge(), consentPhoto: true } })
  const added = await device.addPhoto(draft.id, onePixelPhoto())
  const saved = await device.saveDraft(draft.id)
  if (!added.ok || !saved.ok) throw new Error('not saved')
  return { entry: saved.value }
}
