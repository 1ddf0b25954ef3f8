import { createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto'
import { bundleInfo } from '#protocol/bundle-file.ts'
import type { BundleHead } from '#protocol/bundle-file.ts'
import { tagBytes } from '#protocol/chunk-stream.ts'
import type { OpenChunk } from '#protocol/chunk-stream.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** What opens the chunks of a bundle; null when it is sealed for another key than the campaign has, or its own key is no point on the curve. */
export function openerOf({ encryptionKey, encryptionPrivateKey }: Pick<StoredCampaign, 'encryptionKey' | 'encryptionPrivateKey'>, { header, bytes }: BundleHead): OpenChunk | null {
  if (encryptionKey === undefined || typeof encryptionPrivateKey !== 'string' || header.to !== encryptionKey.x) return null
  const key = sharedKey(encryptionPrivateKey, header.key, { salt: bytes, info: bundleInfo(encryptionKey) })
  return key === null ? null : (nonce, sealed) => Promise.resolve(opened(key, nonce, sealed))
}

function sharedKey(privateKey: string, theirs: BundleHead['header']['key'], { salt, info }: { readonly salt: Uint8Array; readonly info: string }): Uint8Array | null {
  try {
    const secret = diffieHellman({ privateKey: createPrivateKey(privateKey), publicKey: createPublicKey({ key: theirs, format: 'jwk' }) })
    return new Uint8Array(hkdfSync('sha256', secret, salt, info, 32))
  } catch {
    return null
  }
}

function opened(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const end = sealed.length - tagBytes
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAuthTag(sealed.subarray(end))
  const plain = decipher.update(sealed.subarray(0, end))
  try {
    decipher.final()
    return plain
  } catch {
    // The tag does not fit: nothing of what was deciphered is given out.
    return null
  }
}
