import { createHash, generateKeyPairSync } from 'node:crypto'
import * as v from 'valibot'
import { createDeviceId } from '#domain/new-ids.ts'
import { joinResponseSchema, publicKeySchema, rotateText } from '#protocol/membership.ts'
import type { JoinResponse } from '#protocol/membership.ts'
import { apiPrefix } from '#protocol/version.ts'
import { signText } from '#server/auth/keys.ts'
import type { ScriptDeps, ScriptDevice, Send } from '../../../demo/script-device.ts'

/** A running server that a world is put on. */
export interface WorldGround {
  readonly deps: ScriptDeps
  /** By which its first coordinator joins. */
  readonly coordinatorLink: string
}

/** Each call as from another address behind the proxy: a world has more people than one address may bring in a minute. */
export function fromEverywhere(send: Send): Send {
  let calls = 0
  return (path, { headers, ...init }) => {
    calls += 1
    return send(path, { ...init, headers: { ...headers, 'x-forwarded-for': `10.${calls >> 16 & 255}.${calls >> 8 & 255}.${calls & 255}` } })
  }
}

/** A request in the name of a device, with the proof of its key; throws what the server says when it is refused. */
export async function callAs({ deps }: WorldGround, device: ScriptDevice, method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE', [path, body]: readonly [path: string, body?: unknown]): Promise<unknown> {
  const { status, text } = await deps.send(`${apiPrefix}${path}`, { method, headers: { ...device.headers, ...(await device.proof(method, path, body)) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  if (status >= 300) throw new Error(`${method} ${path} was refused: ${status} ${text} ${JSON.stringify(body).slice(0, 500)}`)
  return text === '' ? null : JSON.parse(text)
}

/** The bytes of a photo (tus), under the name that the server gives it. */
export async function upload({ deps }: WorldGround, device: ScriptDevice, { bytes, entryId }: { readonly bytes: Uint8Array; readonly entryId: string }): Promise<void> {
  const campaignId = device.joined.campaign.id
  const fields = { sha256: sha256Of(bytes), type: 'image/jpeg', entryId, campaignId }
  const metadata = Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
  const headers = { authorization: device.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }
  const made = await deps.send(`${apiPrefix}/files`, { method: 'POST', headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': metadata } })
  const sent = await deps.send(`${apiPrefix}/files/${campaignId}.${device.deviceId}.${fields.sha256}`, { method: 'PATCH', body: bytes, headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' } })
  if (made.status !== 201 || sent.status !== 204) throw new Error(`the upload was refused: ${made.status} ${sent.status} ${sent.text}`)
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export interface Stranger {
  readonly name: string
  readonly organisation: string
  readonly label: string
  /** What their next device calls itself. */
  readonly nextLabel: string
}

/** Somebody joins, takes another device number, and is not heard of again. */
export async function joinStranger({ deps }: WorldGround, invite: string, { name, organisation, label, nextLabel }: Stranger): Promise<JoinResponse> {
  const [first, next] = [newKey(), newKey()]
  const send = async (path: string, headers: Readonly<Record<string, string>>, body: unknown) => {
    const { status, text } = await deps.send(`${apiPrefix}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-terrain': '1', ...headers }, body: JSON.stringify(body) })
    if (status !== 201) throw new Error(`${path} was refused: ${status} ${text}`)
    return v.parse(joinResponseSchema, JSON.parse(text))
  }
  const device = { id: createDeviceId(deps.clock, deps.chance), publicKey: first.publicKey, label }
  const joined = await send('/join', {}, { invite: invite.split('#').at(-1), name, organisation, language: 'en', device, tokenFor: 'script' })
  const id = createDeviceId(deps.clock, deps.chance)
  await send('/devices/rotate', { authorization: `Bearer ${joined.session?.token ?? ''}` }, { device: { id, publicKey: next.publicKey, label: nextLabel }, sig: signText(next.privateKey, rotateText(id)), tokenFor: 'script' })
  return joined
}

function newKey() {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y } = pair.publicKey.export({ format: 'jwk' })
  return { publicKey: v.parse(publicKeySchema, { kty, crv, x, y }), privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}
