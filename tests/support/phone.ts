import type { EntryId } from '#domain/ids.ts'
import type { Device } from '#device/device.ts'
import { openDevice } from '#device/open-device.ts'
import type { Watch } from '#device/watch.ts'
import { aChallenge } from './contents.ts'
import { createFakeServer } from './fake-server.ts'
import type { FakeServer } from './fake-server.ts'
import { patienceMs } from './patience.ts'
import { createLocks, testGround } from './test-ground.ts'
import type { TestGround, TestGroundParts } from './test-ground.ts'

export interface Phone {
  readonly device: Device
  readonly ground: TestGround
  readonly server: FakeServer
}

let phones = 0

/** A database name that no other test uses. */
export function newDatabaseName(): string {
  phones += 1
  return `phone-${phones}`
}

/** A phone whose owner has joined, with a database of its own. */
export async function joinedPhone(parts: Partial<TestGroundParts> & { readonly server?: FakeServer } = {}): Promise<Phone> {
  const server = parts.server ?? createFakeServer()
  const ground = testGround({ databaseName: newDatabaseName(), fetch: server.fetch, ...parts })
  const device = await openDevice(ground)
  const joined = await device.join({ invite: 'i'.repeat(22), name: 'Amal', language: 'en' })
  if (!joined.ok) throw new Error(joined.problem.code)
  await device.flush()
  return { device, ground, server }
}

/** The same phone after its browser was killed: another device object on the same database. */
export async function reopened({ ground, server }: Phone, parts: Partial<TestGroundParts> = {}): Promise<Phone> {
  const again = testGround({ databaseName: ground.databaseName, fetch: server.fetch, seed: `${ground.databaseName} again ${(phones += 1)}`, ...parts })
  return { device: await openDevice(again), ground: again, server }
}

/** The same on a page that is busy until it says otherwise. */
export async function idlingStart({ ground, server }: Phone, parts: Partial<TestGroundParts> = {}): Promise<{ readonly device: Device; readonly beIdle: () => void; readonly ground: TestGround }> {
  const waiting: (() => void)[] = []
  const again = testGround({ databaseName: ground.databaseName, fetch: server.fetch, seed: 'idling', locks: createLocks(), ...parts })
  const device = await openDevice({ ...again, whenIdle: (run) => void waiting.push(run) })
  return { device, beIdle: () => waiting.splice(0).forEach((run) => run()), ground: again }
}

/** A challenge that was written and saved; resolves with its id. */
export async function savedChallenge(device: Device, fields: Readonly<Record<string, unknown>> = {}): Promise<EntryId> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge(), ...fields } })
  const saved = await device.saveDraft(draft.id)
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
  return saved.value
}

/** The watched value once it is as a test expects, or an error that shows what it was. */
export async function until<Value>(watch: Watch<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = watch.subscribe(check)
    const timer = setTimeout(() => {
      end()
      reject(new Error(`still ${JSON.stringify(watch.get())}`))
    }, patienceMs)
    function check(): void {
      const value = watch.get()
      if (value === undefined || !isSo(value)) return
      clearTimeout(timer)
      queueMicrotask(() => end())
      resolve(value)
    }
    check()
  })
}

export function onePixelPhoto(byte = 1): Parameters<Device['addPhoto']>[1] {
  return { bytes: Uint8Array.from({ length: 600_000 }, (_, i) => (i * byte) % 251).buffer, type: 'image/webp', width: 1600, height: 1200, thumb: Uint8Array.from([byte, 2, 3]).buffer }
}
