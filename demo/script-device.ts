import { generateKeyPairSync, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { ChangeBody, ChangeEnvelope, ChangeType } from '#domain/change.ts'
import type { Chance, ChangeId, Clock, DeviceId, EntryId, Sha256 } from '#domain/ids.ts'
import { createChangeId, createDeviceId, createEntryId, instantOf } from '#domain/new-ids.ts'
import { hashRun, sealRun } from '#protocol/chain.ts'
import { challengeResponseSchema, joinResponseSchema, publicKeySchema } from '#protocol/membership.ts'
import type { JoinResponse } from '#protocol/membership.ts'
import { actText, proofHeader } from '#protocol/proof.ts'
import { syncResponseSchema } from '#protocol/sync.ts'
import type { SyncResponse } from '#protocol/sync.ts'
import type { SyncRequest } from '#protocol/sync-request.ts'
import { apiPrefix } from '#protocol/version.ts'
import { signText } from '#server/auth/keys.ts'
import { sha256Of } from '#server/auth/secrets.ts'

/** Sends a request to the server: `fetch` over a socket, or an injected one in tests. */
export type Send = (path: string, init: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string | Uint8Array }) => Promise<{ readonly status: number; readonly text: string }>

export function sendOver(baseUrl: string): Send {
  return async (path, { method, headers, body }) => {
    const response = await fetch(`${baseUrl}${path}`, { method, headers, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }) })
    return { status: response.status, text: await response.text() }
  }
}

export interface ScriptDeps {
  readonly send: Send
  readonly clock: Clock
  readonly chance: Chance
}

export const systemDeps = (baseUrl: string): ScriptDeps => ({ send: sendOver(baseUrl), clock: { now: () => Date.now() }, chance: { bytes: (count) => randomBytes(count) } })

export interface Person {
  readonly name: string
  readonly organisation?: string
  readonly language: string
}

/**
 * A device without a browser: it joins, seals and syncs as the phone does, by the protocol alone. The demonstration fills
 * its campaign through it, and the tests use it as a second, independent client.
 */
export class ScriptDevice {
  readonly deviceId: DeviceId
  readonly joined: JoinResponse
  readonly privateKey: string
  readonly publicKey: v.InferOutput<typeof publicKeySchema>
  readonly #deps: ScriptDeps
  #epoch: string
  #deviceSeq = 0
  #prevHash: Sha256 | null = null

  private constructor(deps: ScriptDeps, made: { readonly deviceId: DeviceId; readonly joined: JoinResponse; readonly privateKey: string; readonly publicKey: v.InferOutput<typeof publicKeySchema> }) {
    this.#deps = deps
    this.deviceId = made.deviceId
    this.joined = made.joined
    this.privateKey = made.privateKey
    this.publicKey = made.publicKey
    this.#epoch = made.joined.epoch
  }

  /** Joins by an invite link (or its bare secret). */
  static async join(deps: ScriptDeps, invite: string, person: Person): Promise<ScriptDevice> {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { kty, crv, x, y } = pair.publicKey.export({ format: 'jwk' })
    const publicKey = v.parse(publicKeySchema, { kty, crv, x, y })
    const deviceId = createDeviceId(deps.clock, deps.chance)
    const response = await deps.send(`${apiPrefix}/join`, {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ invite: invite.split('#').at(-1), ...person, device: { id: deviceId, publicKey, label: 'script' }, tokenFor: 'script' }),
    })
    if (response.status !== 201) throw new Error(`joining was refused: ${response.status} ${response.text}`)
    const joined = v.parse(joinResponseSchema, JSON.parse(response.text))
    return new ScriptDevice(deps, { deviceId, joined, publicKey, privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() })
  }

  get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.joined.session?.token ?? ''}`, 'content-type': 'application/json', 'x-terrain': '1' }
  }

  /** The next change of this device; numbered at once, so push them in this order. */
  change<Type extends ChangeType>(type: Type, body: ChangeBody<Type>, about: { readonly entryId?: EntryId; readonly base?: ChangeId | null } = {}): ChangeEnvelope & { readonly type: Type; readonly body: ChangeBody<Type> } {
    const { clock, chance } = this.#deps
    this.#deviceSeq += 1
    return {
      v: 1, id: createChangeId(clock, chance), entryId: about.entryId ?? createEntryId(clock, chance), deviceSeq: this.#deviceSeq, type, base: about.base ?? null, body,
      salt: Buffer.from(chance.bytes(16)).toString('base64url'), recordedAt: instantOf(clock), appVersion: 'script',
    }
  }

  /** The request that carries these changes, sealed. Does not advance the chain: `push` does. */
  async requestFor(changes: readonly ChangeEnvelope[], about: { readonly after?: number; readonly limit?: number } = {}): Promise<SyncRequest> {
    const place = { campaignId: this.joined.campaign.id, deviceId: this.deviceId }
    const seal = await sealRun(place, this.#prevHash, changes, { digest: (text) => Promise.resolve(sha256Of(text)), sign: (text) => Promise.resolve(signText(this.privateKey, text)) })
    return {
      epoch: this.#epoch, ...place, after: about.after ?? 0, limit: about.limit ?? 500,
      manifest: { highDeviceSeq: this.#deviceSeq, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0 },
      ...(seal === null ? {} : { run: { prevHash: this.#prevHash, changes: [...changes], seal: { ...seal } } }),
    }
  }

  async post(request: SyncRequest): Promise<SyncResponse> {
    const response = await this.#deps.send(`${apiPrefix}/sync`, { method: 'POST', headers: this.headers, body: JSON.stringify(request) })
    if (response.status !== 200) throw new Error(`sync was refused: ${response.status} ${response.text}`)
    return v.parse(syncResponseSchema, JSON.parse(response.text))
  }

  /** Pushes one run of at most 500 changes and advances the chain after the answer. */
  async push(changes: readonly ChangeEnvelope[], about: { readonly after?: number } = {}): Promise<SyncResponse> {
    const answer = await this.post(await this.requestFor(changes, about))
    await this.advance(changes)
    return answer
  }

  /** Moves the chain past changes that the server has. */
  async advance(changes: readonly ChangeEnvelope[]): Promise<void> {
    const place = { campaignId: this.joined.campaign.id, deviceId: this.deviceId }
    const links = await hashRun(place, this.#prevHash, changes, (text) => Promise.resolve(sha256Of(text)))
    this.#prevHash = links.at(-1)?.hash ?? this.#prevHash
  }

  /** The header of one act that needs the key of this device. `path` as it is asked for, below the prefix. */
  async proof(method: string, path: string, body: unknown = null): Promise<Readonly<Record<string, string>>> {
    const { challenge } = v.parse(challengeResponseSchema, JSON.parse((await this.#deps.send(`${apiPrefix}/session/challenge`, { method: 'GET', headers: {} })).text))
    return { [proofHeader]: `${challenge}.${signText(this.privateKey, actText(challenge, this.deviceId, { method, path, body }))}` }
  }

  async get(path: string): Promise<unknown> {
    const response = await this.#deps.send(`${apiPrefix}${path}`, { method: 'GET', headers: { authorization: this.headers['authorization'] ?? '' } })
    if (response.status !== 200) throw new Error(`${path} was refused: ${response.status} ${response.text}`)
    return JSON.parse(response.text)
  }
}
