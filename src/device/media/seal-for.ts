import type { DeviceCrypto } from '#device/device-ground.ts'
import type { BundleSealer } from '#device/handing-over.ts'

const agreement = { name: 'ECDH', namedCurve: 'P-256' } as const

/** A pair for one bundle: its private half leaves neither this function nor the page, so not even this phone can open the bundle again. */
export async function sealFor(subtle: Crypto['subtle'], recipient: Parameters<DeviceCrypto['sealFor']>[0]): Promise<BundleSealer> {
  const pair = await subtle.generateKey(agreement, false, ['deriveBits'])
  const { x, y } = await subtle.exportKey('jwk', pair.publicKey)
  if (x === undefined || y === undefined) throw new Error('a P-256 key has two coordinates')
  const theirs = await subtle.importKey('jwk', recipient, agreement, false, [])
  const secret = await subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256)
  const material = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  return {
    key: { kty: 'EC', crv: 'P-256', x, y },
    begin: async (salt, info) => {
      const key = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(info) }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
      return async (nonce, plain) => new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv: nonce as Uint8Array<ArrayBuffer>, tagLength: 128 }, key, plain as Uint8Array<ArrayBuffer>))
    },
  }
}
