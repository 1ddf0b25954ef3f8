import type { Chance, Clock, Sha256 } from '#domain/ids.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem } from '#device/device.ts'
import type { BundleSealer } from '#device/handing-over.ts'
import type { UploadFile } from '#device/upload-file.ts'
import type { PublicKey } from '#protocol/membership.ts'

/** What the device stands on; the browser's own things in the app, others in tests. */
export interface DeviceGround {
  readonly clock: Clock
  readonly chance: Chance
  readonly appVersion: string
  readonly fetch: (url: string, init: FetchInit) => Promise<FetchResponse>
  readonly crypto: DeviceCrypto
  readonly locks: { readonly withLock: <Value>(name: string, run: () => Promise<Value>) => Promise<Value | null> }
  readonly network: { readonly isOnline: () => boolean; readonly isMetered?: () => boolean | null; readonly onChange: (call: () => void) => () => void }
  /** Where the browser goes on behind a log that was torn when it was killed (`media/new-log.ts`): before the first write, and at once where it probably was. */
  readonly newLog?: { readonly begin: (isAwaited: boolean) => Promise<void>; readonly isUrgent: boolean }
  /** Calls back when nobody waits for a screen; absent: what could wait is done at once. */
  readonly whenIdle?: (run: () => void) => void
  readonly timer: { readonly after: (ms: number, run: () => void) => () => void }
  readonly storage: { readonly persist: () => Promise<boolean>; readonly persisted: () => Promise<boolean>; readonly estimate: () => Promise<{ readonly usage: number | null; readonly quota: number | null }> }
  /** Sends a file by tus; loaded on demand, because most first visits never need it. */
  readonly upload: (file: UploadFile) => Promise<Result<null, ApiProblem>>
  readonly databaseName: string
  /** By which a coordinator tells the phones of one person apart. */
  readonly deviceLabel: string
  /** Room that is kept so that words can still be saved when photos no longer fit. */
  readonly reserveBytes: number
}

export interface FetchInit {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly timeoutMs: number
}

/** As much of a `Response` as is read. */
export interface FetchResponse {
  readonly status: number
  readonly headers: { readonly get: (name: string) => string | null }
  readonly text: () => Promise<string>
  readonly arrayBuffer?: () => Promise<ArrayBuffer>
}

/** The key pair is opaque and not extractable; IndexedDB keeps it by structured clone. */
export interface DeviceCrypto {
  readonly createKeyPair: () => Promise<{ readonly keyPair: unknown; readonly publicKey: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string } }>
  readonly sign: (keyPair: unknown, text: string) => Promise<string>
  readonly digestText: (text: string) => Promise<Sha256>
  readonly digestBytes: (bytes: ArrayBuffer) => Promise<Sha256>
  /** Begins a bundle that nobody can open but who holds the private half of `recipient`: not even this device. */
  readonly sealFor: (recipient: PublicKey) => Promise<BundleSealer>
}
