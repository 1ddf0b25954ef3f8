import { createHash, randomInt } from 'node:crypto'
import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DeviceId, EntryId, Sha256 } from '#domain/ids.ts'
import type { UploadFile } from '#device/upload-file.ts'
import { createUpload } from '#device/media/tus-upload.ts'
import { aChallenge } from '../support/contents.ts'
import { createCuttingWire } from '../support/cutting-wire.ts'
import type { Cut, CuttingWire } from '../support/cutting-wire.ts'
import { RestartingServer } from '../support/restarting-server.ts'

const deep = process.env['TERRAIN_TEST'] === 'deep'
const cuts = deep ? 10_000 : 200
const seed = Number(process.env['TERRAIN_SEED'] ?? randomInt(2 ** 31))
/** Larger than what goes up between two cuts by a multiple, and around the size of a chunk in all ways. */
const [leastBytes, mostBytes] = [1, 700_000]

/** Side by side, each a phone with a server of its own: what takes time here is waiting. */
const lanes = deep ? 10 : 8

interface Lane {
  readonly server: RestartingServer
  readonly wires: readonly CuttingWire[]
  readonly dice: Dice
}

const open: Lane[] = []
beforeAll(async () => {
  for (let lane = 0; lane < lanes; lane += 1) {
    const server = await RestartingServer.start()
    open.push({ server, wires: [await createCuttingWire(server.port), await createCuttingWire(server.port)], dice: createDice(seed + lane) })
  }
})
afterAll(async () => {
  for (const { server, wires } of open) {
    for (const wire of wires) await wire.close()
    await server.close()
  }
})

it(`[ME9] ${cuts} cuts at random bytes, among them pairs of equal size and restarts of the server: every file is as it was, and at most one chunk went twice (TERRAIN_SEED=${seed})`, { timeout: cuts * 5000 }, async () => {
  console.log(`uploads cut at random bytes: TERRAIN_SEED=${seed}`)
  const done = { cuts: 0, restarts: 0, files: 0, pairs: 0 }
  await Promise.all(open.map((lane) => sendUntilCut(lane, done)))
  console.log(`${done.files} files, ${done.pairs} pairs of equal size, ${done.cuts} cuts, ${done.restarts} restarts`)
  expect(done.restarts).toBeGreaterThan(0)
  expect(done.pairs).toBeGreaterThan(0)
})

interface Done {
  cuts: number
  restarts: number
  files: number
  pairs: number
}

/** Pairs of files, one after the other, until all lanes together were cut often enough. */
async function sendUntilCut({ server, wires, dice }: Lane, done: Done): Promise<void> {
  const { phone, campaign } = await server.join()
  let [files, receipts, after] = [0, 0, 0]
  while (done.cuts < cuts) {
    const size = leastBytes + dice(mostBytes - leastBytes)
    const isPair = dice(2) === 0
    const pair = [bytesOf(dice, size), bytesOf(dice, isPair ? size : leastBytes + dice(mostBytes - leastBytes))].map((bytes) => ({ bytes, sha256: createHash('sha256').update(bytes).digest('hex') as Sha256 }))
    const photos = pair.map(({ bytes, sha256 }) => ({ sha256, bytes: bytes.length, type: 'image/jpeg' as const, width: 64, height: 64, thumb: { sha256, bytes: 1 } }))
    const record = phone.change('record', { content: aChallenge({ photos, consentPhoto: true }) })
    await push([record])
    await Promise.all(pair.map(async (file, index) => {
      const wire = wires[index]
      if (wire === undefined) throw new Error('no wire')
      await sendThrough({ server, wire, dice, done }, { ...file, entryId: record.entryId, campaignId: campaign.id, deviceId: phone.deviceId })
    }))
    for (const { bytes, sha256 } of pair) {
      expect(bytes.equals((await server.context.shelf.read('received', { campaignId: campaign.id, sha256 })) ?? Buffer.alloc(0)), `bytes of ${sha256}`).toBe(true)
      expect(goesBack(server.log.get(`${campaign.id}.${phone.deviceId}.${sha256}`) ?? []), `more than a chunk of ${sha256} went twice`).toEqual([])
    }
    files += pair.length
    done.pairs += isPair ? 1 : 0
  }
  await push([])
  expect(receipts, 'one receipt a file').toBe(files)
  done.files += files

  /** Everything that has come meanwhile, page by page. */
  async function push(changes: Parameters<typeof phone.push>[0]): Promise<void> {
    for (let page = await phone.push(changes, { after }); ; page = await phone.push([], { after })) {
      after = page.next
      receipts += JSON.stringify(page.items).split('"fileStored"').length - 1
      if (!page.more) return
    }
  }
}

interface Sending {
  readonly server: RestartingServer
  readonly wire: CuttingWire
  readonly dice: Dice
  readonly done: Done
}

async function sendThrough({ server, wire, dice, done }: Sending, { bytes, ...about }: { readonly bytes: Buffer; readonly sha256: Sha256; readonly entryId: EntryId; readonly campaignId: string; readonly deviceId: DeviceId }): Promise<void> {
  const file: UploadFile = { ...about, type: 'image/jpeg', bytes: Uint8Array.from(bytes).buffer, onProgress: () => undefined }
  for (;;) {
    wire.cutNext(nextCut(dice))
    const sent = await createUpload(wire.origin)(file)
    if (wire.wasCut()) done.cuts += 1
    if (sent.ok) return
    if (sent.problem.kind !== 'unreachable') throw new Error(`an upload was ${sent.problem.code} after ${done.cuts} cuts`)
    if (dice(25) === 0) {
      done.restarts += 1
      await server.restart()
    }
    await server.isUp()
  }
}

/** Mostly in the middle of the bytes, sometimes in the headers, sometimes in an answer. */
function nextCut(dice: Dice): Cut {
  if (dice(5) === 0) return { way: 'down', bytes: dice(1500) }
  return { way: 'up', bytes: dice(6) === 0 ? dice(1500) : dice(300_000) }
}

/** Pieces that begin before the piece that was begun last: those would send more than one chunk twice. */
function goesBack(log: readonly string[]): readonly string[] {
  let begun = 0
  return log.filter((line) => {
    const from = line.startsWith('PATCH ') ? Number(line.slice(6)) : begun
    const isBack = from < begun
    begun = Math.max(begun, from)
    return isBack
  })
}

/** A whole number below `sides`. */
type Dice = (sides: number) => number

function createDice(start: number): Dice {
  let state = start >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides)
  }
}

/** No two files are alike, whatever their size. */
function bytesOf(dice: Dice, size: number): Buffer {
  const start = dice(2 ** 31)
  const block = createHash('sha512').update(String(start)).digest()
  const bytes = Buffer.alloc(size)
  for (let at = 0; at < size; at += block.length) block.copy(bytes, at)
  for (let at = 0; at < size; at += 997) bytes[at] = (at + start) % 256
  return bytes
}
