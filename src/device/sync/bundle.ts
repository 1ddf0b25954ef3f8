import type { Chance, Clock } from '#domain/ids.ts'
import { createUuid, instantOf } from '#domain/new-ids.ts'
import { dayHere } from '#domain/day-here.ts'
import { bytesToBase64, utf8Bytes } from '#device/base64.ts'
import type { DeviceCrypto } from '#device/device-ground.ts'
import type { UnsentFile } from '#device/handing-over.ts'
import { rememberOwnBundle } from '#device/store/carried.ts'
import { originalsByKind } from '#device/store/files.ts'
import { readMeta } from '#device/store/meta.ts'
import type { OwnMembership } from '#device/store/meta.ts'
import { nextRun, readPending } from '#device/store/outbox.ts'
import type { SendableRow } from '#device/store/outbox.ts'
import type { FileRow } from '#device/store/rows.ts'
import { sealedRun } from '#device/sync/push.ts'
import type { DevicePlace, Signer } from '#device/sync/push.ts'
import { isUnread, soundBytes } from '#device/sync/sound-files.ts'
import { bundleEnding, bundleInfo, bundleType, writeBundleHead } from '#protocol/bundle-file.ts'
import type { BundleId } from '#protocol/bundle-file.ts'
import { endRecord, framed } from '#protocol/bundle-frame.ts'
import type { Bundle } from '#protocol/bundle.ts'
import { sealChunks, sealedLength } from '#protocol/chunk-stream.ts'
import type { PublicKey } from '#protocol/membership.ts'
import { maxRunChanges } from '#protocol/sync.ts'
import type { Run } from '#protocol/sync-request.ts'

interface BundleGround extends Signer {
  readonly clock: Clock
  readonly chance: Chance
  readonly crypto: Signer['crypto'] & Pick<DeviceCrypto, 'sealFor'>
}

interface Contents {
  readonly own: OwnMembership
  readonly runs: readonly Run[]
  readonly files: readonly FileRow[]
  readonly entries: number
  readonly photos: number
  readonly voices: number
  readonly createdAt: ReturnType<typeof instantOf>
}

/** Below what a server reads as one record. */
const maxRunBytes = 900_000

/**
 * Everything that the server has not proved to hold, its runs sealed like a push, encrypted for the campaign. A phone that has not
 * heard of the campaign's key yet makes the plain file of before, and says so. Of what waits here nothing changes.
 */
export async function exportUnsent(ground: BundleGround): Promise<UnsentFile> {
  const { db, clock } = ground
  const own = await readMeta(db, 'membership')
  if (own === undefined) throw new Error('there is nothing to hand over before joining')
  const { identity, membership } = own
  const pending = await readPending(db)
  const files = pending.files.filter((file) => !isUnread(db, file))
  const place = { campaignId: membership.campaign.id, deviceId: identity.deviceId, keyPair: identity.keyPair }
  const contents: Contents = {
    own, runs: await sealedRuns(ground, place, pending.changes), files, createdAt: instantOf(clock),
    entries: new Set([...pending.changes, ...files].map(({ entryId }) => entryId)).size,
    ...originalsByKind(files),
  }
  const key = membership.campaign.encryptionKey
  return key === undefined ? plainFile(ground, contents) : sealedFile(ground, contents, key)
}

async function sealedFile(ground: BundleGround, contents: Contents, recipient: PublicKey): Promise<UnsentFile> {
  const { own, runs, files, entries, photos, voices, createdAt } = contents
  const { deviceId, publicKey } = own.identity
  const first = [{ kind: 'author', deviceId, publicKey, credential: own.credential }, ...runs.map((run) => ({ kind: 'run', run }))].map(recordOf)
  const rest = files.map((file) => ({ file, record: recordOf({ kind: 'file', sha256: file.sha256, type: file.type, entryId: file.entryId, bytes: file.bytes }) }))
  const last = recordOf(endRecord)
  const plainBytes = [...first, last].reduce((sum, { length }) => sum + length, 0) + rest.reduce((sum, { file, record }) => sum + record.length + file.bytes, 0)
  const sealer = await ground.crypto.sealFor(recipient)
  const id = createUuid(ground.clock, ground.chance) as BundleId
  const head = writeBundleHead({ id, campaignId: own.membership.campaign.id, createdAt, entries, photos, voices, bytes: sealedLength(plainBytes), key: sealer.key, to: recipient.x })
  const seal = await sealer.begin(head, bundleInfo(recipient))
  await rememberOwnBundle(ground.db, id)
  async function* plain(): AsyncGenerator<Uint8Array> {
    yield* first
    for (const { file, record } of rest) {
      yield record
      yield await bytesStillHere(ground, file, files)
    }
    yield last
  }
  async function* parts(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    yield head
    yield* sealChunks(plain(), seal)
  }
  return { name: nameOf(createdAt, id, bundleEnding), type: bundleType, isSealed: true, entries, photos, voices, parts: parts() }
}

/** The head has told the length: a photo that went meanwhile, or cannot be read, makes another file necessary. The next one leaves out all that cannot be read. */
async function bytesStillHere({ db }: BundleGround, file: FileRow, all: readonly FileRow[]): Promise<Uint8Array> {
  const row = await db.files.get([file.entryId, file.sha256])
  if (row === undefined || row.torn === true) throw new Error('a photo went while the file was made')
  const bytes = await soundBytes(db, row)
  if (typeof bytes !== 'string') return new Uint8Array(bytes)
  for (const one of all) await soundBytes(db, one)
  throw new Error('a photo cannot be read')
}

function recordOf(record: unknown): Uint8Array {
  return framed(utf8Bytes(JSON.stringify(record)))
}

/** Piece by piece as well: photos in base64 are a third larger than they are. */
function plainFile(ground: BundleGround, { own, runs, files, entries, photos, voices, createdAt }: Contents): UnsentFile {
  const { identity, credential, membership } = own
  const { files: _, ...rest }: Bundle = {
    format: 'terrain-bundle', v: 1, campaignId: membership.campaign.id, deviceId: identity.deviceId, publicKey: identity.publicKey, credential, createdAt, runs: [...runs], files: [],
  }
  async function* parts(): AsyncGenerator<string> {
    yield `${JSON.stringify(rest).slice(0, -1)},"files":[`
    for (const [index, file] of files.entries()) {
      const { sha256, type, entryId } = file
      const data = bytesToBase64(await bytesStillHere(ground, file, files))
      yield `${index === 0 ? '' : ','}${JSON.stringify({ sha256, type, entryId, data })}`
    }
    yield ']}'
  }
  return { name: nameOf(createdAt, identity.deviceId, '.json'), type: 'application/json', isSealed: false, entries, photos, voices, parts: parts() }
}

function nameOf(createdAt: string, id: string, ending: string): string {
  return `terrain-${dayHere(createdAt)}-${id.slice(-6)}${ending}`
}

async function sealedRuns(ground: Signer, place: DevicePlace, changes: readonly SendableRow[]): Promise<Run[]> {
  const runs: Run[] = []
  // What the server refused to take at its place travels all the same: the desk may be able to use it.
  let rest = changes.map((row) => ({ ...row, alarm: undefined }))
  while (rest.length > 0) {
    const rows = nextRun(rest, { maxChanges: maxRunChanges, maxBytes: maxRunBytes })
    const run = await sealedRun(ground, place, rows)
    if (run === null) throw new Error('what has not been sent cannot be sealed on this device')
    runs.push(run)
    rest = rest.slice(rows.length)
  }
  return runs
}
