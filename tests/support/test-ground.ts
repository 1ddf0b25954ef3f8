import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { Sha256 } from '#domain/ids.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { UploadFile } from '#device/upload-file.ts'
import { sealFor } from '#device/media/seal-for.ts'
import { ok } from '#domain/result.ts'
import { seededChance } from './test-server.ts'

/** A clock and timers that move only when a test says so. */
export interface VirtualTime {
  readonly now: () => number
  readonly after: DeviceGround['timer']['after']
  /** Runs what falls due on the way. */
  readonly advance: (ms: number) => void
  readonly waiting: () => number
}

export function virtualTime(start = Date.UTC(2026, 2, 1, 8)): VirtualTime {
  let now = start
  let timers: { readonly at: number; readonly run: () => void }[] = []
  return {
    // Moves a little with each look, as real clocks do.
    now: () => (now += 1),
    after: (ms, run) => {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance: (ms) => {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { run } of due) run()
    },
    waiting: () => timers.length,
  }
}

export interface TestGround extends DeviceGround {
  readonly time: VirtualTime
  /** `isTold`: whether the browser says so by itself. */
  readonly setOnline: (online: boolean, isTold?: boolean) => void
  readonly uploads: UploadFile[]
}

export interface TestGroundParts {
  readonly databaseName: string
  readonly fetch: DeviceGround['fetch']
  readonly seed?: string
  readonly upload?: DeviceGround['upload']
  readonly isOnline?: boolean
  readonly isMetered?: () => boolean | null
  readonly locks?: DeviceGround['locks']
  readonly appVersion?: string
  readonly storage?: DeviceGround['storage']
}

/** What a device stands on in tests. The key pair is plain JWK, because it has to live in a database of the test's memory. */
export function testGround(parts: TestGroundParts): TestGround {
  const time = virtualTime()
  const listeners = new Set<() => void>()
  const uploads: UploadFile[] = []
  let online = parts.isOnline ?? true
  return {
    time, uploads,
    setOnline: (value, isTold = true) => {
      online = value
      if (isTold) for (const listener of listeners) listener()
    },
    clock: time,
    timer: { after: time.after },
    chance: seededChance(parts.seed ?? parts.databaseName),
    appVersion: parts.appVersion ?? '0.0.1-test',
    databaseName: parts.databaseName,
    deviceLabel: 'Test · Phone',
    fetch: parts.fetch,
    crypto: nodeCrypto(),
    locks: parts.locks ?? createLocks(),
    network: {
      isOnline: () => online,
      ...(parts.isMetered === undefined ? {} : { isMetered: parts.isMetered }),
      onChange: (call) => {
        listeners.add(call)
        return () => listeners.delete(call)
      },
    },
    reserveBytes: 20_000,
    storage: parts.storage ?? { persist: () => Promise.resolve(true), persisted: () => Promise.resolve(false), estimate: () => Promise.resolve({ usage: 1000, quota: 2000 }) },
    upload: parts.upload ?? ((file) => {
      uploads.push(file)
      return Promise.resolve(ok(null))
    }),
  }
}

/** Web Locks with `ifAvailable`, shared by the devices that are given it. */
export function createLocks(): DeviceGround['locks'] {
  const held = new Set<string>()
  return {
    withLock: async (name, run) => {
      if (held.has(name)) return null
      held.add(name)
      try {
        return await run()
      } finally {
        held.delete(name)
      }
    },
  }
}

export function nodeCrypto(): DeviceGround['crypto'] {
  return {
    createKeyPair: () => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
      return Promise.resolve({ keyPair: pem, publicKey: { kty: 'EC', crv: 'P-256', x, y } })
    },
    sign: async (keyPair, text) => sign('sha256', Buffer.from(text), { key: String(keyPair), dsaEncoding: 'ieee-p1363' }).toString('base64url'),
    sealFor: (recipient) => sealFor(globalThis.crypto.subtle, recipient),
    digestText: (text) => Promise.resolve(sha256(text)),
    digestBytes: (bytes) => Promise.resolve(sha256(new Uint8Array(bytes))),
  }
}

function sha256(data: string | Uint8Array): Sha256 {
  return createHash('sha256').update(data).digest('hex') as Sha256
}
