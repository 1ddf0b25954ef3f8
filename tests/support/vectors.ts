import { readFileSync } from 'node:fs'
import * as v from 'valibot'

const text = v.string()
const chainSchema = v.object({ change: v.looseObject({ deviceSeq: v.number() }), canonical: text, changeHash: text, prevHash: v.nullable(text), link: text, hash: text })

/** The published test vectors, as another client would read them. */
export const vectors = v.parse(v.object({
  jcs: v.array(v.object({ value: v.unknown(), canonical: text })),
  campaignId: text,
  deviceId: text,
  publicKey: v.object({ kty: text, crv: text, x: text, y: text }),
  chain: v.array(chainSchema),
  seal: v.object({ deviceSeq: v.number(), hash: text, sig: text }),
  content: v.object({ revision: v.object({ content: v.unknown(), corrections: v.record(text, v.object({ value: v.unknown() })) }), canonical: text, contentHash: text }),
  session: v.object({ challenge: text, deviceId: text, text, sig: text }),
  same: v.object({ state: v.object({ epoch: text, scope: text, safeSeq: v.number(), campaignRevision: v.number(), highDeviceSeq: v.number(), hash: text }), text, same: text }),
}), JSON.parse(readFileSync(new URL('../../src/protocol/vectors.json', import.meta.url), 'utf8')))
