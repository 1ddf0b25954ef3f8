import { describe, expect, it } from 'vitest'
import { DeviceDatabase } from '#device/store/database.ts'
import type { ChangeRow } from '#device/store/rows.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { createLocks } from '../support/test-ground.ts'

const rounds = process.env['TERRAIN_TEST'] === 'deep' ? 50 : 1

describe.each([2, 3, 4, 5])('%i windows on one store', (count) => {
  it(`[DS21] writing at once they make one chain without gap or fork, and show one truth (${rounds} times)`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const windows = await windowsOnOne(count)
      const [first] = windows
      const shared = await savedChallenge(first.device)
      // Saves, comments on one entry and walks of the runner, all through each other.
      const made = await Promise.all(windows.flatMap(({ device }, at) => [
        savedChallenge(device), device.comment(shared, `From window ${at}.`, 'en').then(() => shared), savedChallenge(device), device.flush().then(() => shared),
      ]))
      for (const { device } of windows) await device.flush()
      const rows = await ownRows(first)
      const seqs = Array.from({ length: 1 + 3 * count }, (_, i) => i + 1)
      expect(rows.map(({ ownSeq }) => ownSeq)).toEqual(seqs)
      const { server } = first
      expect(server.stored().map(({ change }) => change.deviceSeq).sort((a, b) => a - b)).toEqual(seqs)
      // The server computes the chain from the seals: one link that is not the next would have put its change aside.
      expect(server.stored().filter(({ quarantined }) => quarantined !== undefined)).toEqual([])
      expect(new Set(server.stored().map(({ change }) => change.id))).toEqual(new Set(rows.map(({ id }) => id)))
      const truths = await Promise.all(windows.map(async ({ device }) => JSON.stringify((await until(device.entries, (entries) => entries.length === new Set(made).size)).map(({ state }) => [state.id, state.head]))))
      expect(new Set(truths).size).toBe(1)
      for (const { device } of windows) device.close()
    }
  })

  it('[DS21] their patches all stay on one draft, and saved by all of them it is one entry', async () => {
    const windows = await windowsOnOne(count)
    const [{ device, server }] = windows
    const { id } = await device.createDraft('challenge')
    await device.writeDraft(id, { fields: { ...aChallenge() } })
    await Promise.all(windows.map((window, at) => window.device.writeDraft(id, { fields: { [`x_window${at}`]: `words of ${at}` } })))
    expect((await device.readDraft(id))?.content).toMatchObject(Object.fromEntries(windows.map((_, at) => [`x_window${at}`, `words of ${at}`])))
    const saved = await Promise.all(windows.map((window) => window.device.saveDraft(id)))
    expect(saved).toEqual(windows.map(() => ({ ok: true, value: id })))
    for (const window of windows) await window.device.flush()
    expect(server.stored().map(({ change }) => [change.deviceSeq, change.type])).toEqual([[1, 'record']])
    for (const window of windows) window.device.close()
  })
})

async function windowsOnOne(count: number): Promise<readonly [Phone, ...Phone[]]> {
  const locks = createLocks()
  const first = await joinedPhone({ locks })
  const others: Phone[] = []
  for (let i = 1; i < count; i += 1) others.push(await reopened(first, { locks }))
  return [first, ...others]
}

async function ownRows({ ground }: Phone): Promise<readonly ChangeRow[]> {
  const db = new DeviceDatabase(ground.databaseName)
  const rows = await db.changes.orderBy('ownSeq').toArray()
  db.shut()
  return rows
}
