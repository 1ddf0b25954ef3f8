import type { EntryId, Sha256 } from '#domain/ids.ts'
import { filesIn } from '#domain/named-files.ts'
import type { Device, LocalEntry } from '#device/device.ts'
import { createBrowserGround } from '#device/media/browser-ground.ts'
import { openDevice } from '#device/open-device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { aChallenge } from './contents.ts'

/** The phone's own store in a real browser, driven without screens: saves as fast as it can until somebody kills it. */
const opened = openDevice(createBrowserGround({ appVersion: '0.0.1-kills', databaseName: 'kills' }))

export async function join(link: string): Promise<string> {
  const joined = await (await opened).join({ invite: link.split('#').at(-1) ?? '', name: 'Awa', language: 'fr' })
  return joined.ok ? 'joined' : joined.problem.code
}

/** What is confirmed goes to the console, after the promise has resolved and not before. */
export async function saveForever(): Promise<void> {
  const device = await opened
  for (let count = 0; ; count += 1) {
    const words = `Saved ${count} by a phone that may die: ${crypto.randomUUID()}`
    const saved = await savedEntry(device, words, count)
    if (saved === null) console.log('refused')
    else console.log(`confirmed ${saved} ${words}`)
  }
}

async function savedEntry(device: Device, words: string, count: number): Promise<EntryId | null> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, {
    fields: { ...aChallenge({ description: words, lang: 'fr', consentPhoto: true }) },
  })
  for (let photo = 0; photo < 1 + (count % 2); photo += 1) {
    const added = await device.addPhoto(draft.id, { bytes: noise(300_000 + count), type: 'image/webp', width: 1600, height: 1200, thumb: noise(9_000) })
    if (!added.ok) return null
  }
  const saved = await device.saveDraft(draft.id)
  if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
  return saved.value
}

function noise(length: number): ArrayBuffer {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(length, at + 65_536)))
  return bytes.buffer
}

export interface Found {
  readonly id: EntryId
  readonly words: unknown
  readonly files: number
  /** Files that are missing or whose bytes are not what their name says. */
  readonly torn: readonly Sha256[]
}

/** Every entry that the phone knows, each of its files read and hashed anew. */
export async function found(): Promise<readonly Found[]> {
  const device = await opened
  const entries = await loaded(device)
  return Promise.all(entries.map(async ({ state }) => {
    const files = filesIn(state.content)
    const whole = await Promise.all(files.map(async (sha256) => isWhole(sha256, (await device.readFile(sha256))?.bytes)))
    return { id: state.id, words: Reflect.get(state.content, 'description'), files: files.length, torn: files.filter((_, index) => whole[index] !== true) }
  }))
}

function loaded(device: Device): Promise<readonly LocalEntry[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const entries = device.entries.get()
      if (entries === undefined) return
      queueMicrotask(() => end())
      resolve(entries)
    }
    const end = device.entries.subscribe(look)
    look()
  })
}

async function isWhole(sha256: Sha256, bytes: ArrayBuffer | undefined): Promise<boolean> {
  if (bytes === undefined) return false
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') === sha256
}

export async function pendingChanges(): Promise<number> {
  return (await (await opened).flush()).pendingChanges
}

/** How many rows stand in each table, read beside the device's own code. */
export async function rowCounts(): Promise<Readonly<Record<string, number>>> {
  const db = new DeviceDatabase('kills')
  const counts = await Promise.all(db.tables.map(async (table) => [table.name, await table.count()] as const))
  db.shut()
  return Object.fromEntries(counts)
}
