import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import type { ChangeEnvelope } from '#domain/change.ts'
import { createChangeId, createDeviceId } from '#domain/new-ids.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../contents.ts'
import type { SteppedClock, TestServer } from '../test-server.ts'

/** Whose thing a request is about: the caller's, that of another member of the same campaign, or one of another campaign. */
export const whoses = ['own', 'other', 'foreign'] as const
export type Whose = (typeof whoses)[number]

/** One request as somebody would send it: `path` below the prefix, with its query. What is no text and no bytes goes as JSON. */
export interface ApiCall {
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Who asks, whose thing it is about, and what is there for it. */
export interface Asking {
  readonly server: TestServer
  readonly caller: ScriptDevice
  /** The caller, or somebody else. */
  readonly owner: ScriptDevice
  /** For what only coordinators have: the owner, or a coordinator of the same campaign. */
  readonly desk: ScriptDevice
  readonly whose: Whose
}

export async function asking(server: TestServer, role: 'volunteer' | 'coordinator', whose: Whose): Promise<Asking> {
  // So that nobody is refused for how many have joined within a minute.
  ;(server.context.clock as SteppedClock).advance(60_000)
  const caller = await server.join(role)
  const owner = whose === 'own' ? caller : whose === 'other' ? await server.join(role) : await server.joinOther('coordinator')
  const isDesk = owner.joined.member.role === 'coordinator'
  return { server, caller, owner, whose, desk: isDesk ? owner : await server.join('coordinator') }
}

export const idOf = {
  campaign: ({ owner }: Asking) => owner.joined.campaign.id,
  member: ({ owner }: Asking) => owner.joined.member.id,
  device: ({ owner }: Asking) => owner.deviceId,
  /** A new one each time, for what is made by its name. */
  fresh: () => randomUUID().replace(/^(.{14})./, '$17'),
}

/** An entry of the owner's, as the server has it. */
export async function anEntry({ owner }: Pick<Asking, 'owner'>, about: Parameters<typeof aChallenge>[0] = {}): Promise<ChangeEnvelope> {
  const record = owner.change('record', { content: aChallenge(about) })
  await owner.push([record])
  return record
}

/** The campaign that the caller's requests are in, whatever they name. */
export async function ownCampaign({ server, caller }: Asking): Promise<StoredCampaign> {
  const campaign = await server.context.store.campaigns.get(caller.joined.campaign.id)
  if (campaign === null) throw new Error('the caller has no campaign')
  return campaign
}

export function aKey(): { readonly publicKey: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }; readonly privateKey: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
  return { publicKey: { kty: 'EC', crv: 'P-256', x, y }, privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

export const aDeviceId = ({ server: { context } }: Asking) => createDeviceId(context.clock, context.chance)
export const aChangeId = ({ server: { context } }: Asking) => createChangeId(context.clock, context.chance)

const tus = { 'tus-resumable': '1.0.0' }
let colours = 0

/** A photo that nobody has sent yet. */
export async function aPhoto(): Promise<{ readonly bytes: Buffer; readonly sha256: string }> {
  colours += 1
  const bytes = await sharp({ create: { width: 16, height: 12, channels: 3, background: { r: colours & 255, g: (colours >> 8) & 255, b: 90 } } }).png().toBuffer()
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

export function uploadHeaders(campaignId: string, entryId: string, photo: { readonly bytes: Buffer; readonly sha256: string }): Readonly<Record<string, string>> {
  const fields = { sha256: photo.sha256, type: 'image/png', entryId, campaignId }
  return { ...tus, 'upload-length': String(photo.bytes.length), 'upload-metadata': Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',') }
}

export const pieceHeaders = { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
export const askHeaders = tus

/** An upload that has begun, by its owner. */
export async function anUpload(about: Asking): Promise<{ readonly place: string; readonly bytes: Buffer; readonly sha256: string }> {
  const photo = await aPhoto()
  const shot = { sha256: photo.sha256 as never, bytes: photo.bytes.length, type: 'image/png' as never, width: 16, height: 12, thumb: { sha256: 'b'.repeat(64) as never, bytes: 1 } }
  const { entryId } = await anEntry(about, { photos: [shot], consentPhoto: true })
  const { statusCode, headers } = await about.server.app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...bare(about.owner), ...uploadHeaders(idOf.campaign(about), entryId, photo) } })
  if (statusCode !== 201) throw new Error(`an upload was refused: ${statusCode}`)
  return { place: String(headers.location).replace('/api/v1', ''), ...photo }
}

export async function aStoredFile(about: Asking): Promise<string> {
  const { place, bytes, sha256 } = await anUpload(about)
  const { statusCode } = await about.server.app.inject({ method: 'PATCH', url: `/api/v1${place}`, headers: { ...bare(about.owner), ...pieceHeaders }, payload: bytes })
  if (statusCode !== 204) throw new Error(`a piece was refused: ${statusCode}`)
  return sha256
}

/** Without a type: a request that has no body says none. */
export function bare(device: ScriptDevice): Readonly<Record<string, string>> {
  return { authorization: device.headers['authorization'] ?? '', 'x-terrain': '1' }
}
