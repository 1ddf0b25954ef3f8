import type { Sha256 } from '#domain/ids.ts'
import type { DeviceCrypto } from '#device/device-ground.ts'
import { bytesToBase64Url } from '#device/base64.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** WebCrypto. The private key is not extractable: it signs here and can be taken nowhere, and IndexedDB keeps it as it is. */
export function createBrowserCrypto(subtle: Crypto['subtle']): DeviceCrypto {
  return {
    createKeyPair: async () => {
      const keyPair = await subtle.generateKey(algorithm, false, ['sign', 'verify'])
      const { x, y } = await subtle.exportKey('jwk', keyPair.publicKey)
      if (x === undefined || y === undefined) throw new Error('a P-256 key has two coordinates')
      return { keyPair, publicKey: { kty: 'EC', crv: 'P-256', x, y } }
    },
    sign: async (keyPair, text) => {
      const sig = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, (keyPair as CryptoKeyPair).privateKey, new TextEncoder().encode(text))
      return bytesToBase64Url(new Uint8Array(sig))
    },
    digestText: async (text) => hex(await subtle.digest('SHA-256', new TextEncoder().encode(text))),
    // Nobody needs it before the first file that is handed over.
    sealFor: async (recipient) => (await import('#device/media/seal-for.ts')).sealFor(subtle, recipient),
    digestBytes: async (bytes) => hex(await subtle.digest('SHA-256', bytes)),
  }
}

function hex(digest: ArrayBuffer): Sha256 {
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('') as Sha256
}
