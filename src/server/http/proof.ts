import { createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { actText, proofHeader } from '#protocol/proof.ts'
import { apiPrefix } from '#protocol/version.ts'
import { challengeLifeMs, isChallengeGood } from '#server/auth/challenge.ts'
import { verifyText } from '#server/auth/keys.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn } from '#server/http/access.ts'
import { ProblemError } from '#server/http/problem-error.ts'

/**
 * What does harm that cannot be taken back, or lets others do it, needs the key of the device and not only its session: a stolen cookie
 * signs nothing. The proof is for this very act, from a challenge of a moment ago, and once.
 */
export async function proveAct(context: ServerContext, request: FastifyRequest): Promise<void> {
  if (!(await isProved(context, request))) throw new ProblemError('proof-needed')
}

/** A device that was made out of a session alone proves nothing: whoever stole the session could have made it. */
export async function isProved(context: ServerContext, request: FastifyRequest): Promise<boolean> {
  const { device } = actorIn(request)
  const [challenge, sig] = partsOf(request.headers[proofHeader])
  const text = textOf(request, { challenge, deviceId: device.id })
  if (text === null || device.isVouched === false || !isChallengeGood(context, challenge) || !verifyText(device.publicKey, text, sig)) return false
  // Kept until the challenge has ended by itself, for all processes together.
  const key = createHmac('sha256', context.serverKey).update(`terrain-proof:${challenge}`).digest('base64url')
  return (await context.store.rateLimits.hit({ key, now: context.clock.now(), windowMs: challengeLifeMs, max: 1 })).hits === 1
}

function partsOf(header: string | string[] | undefined): readonly [challenge: string, sig: string] {
  const text = typeof header === 'string' ? header : ''
  const at = text.lastIndexOf('.')
  return [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
}

/** Null for what has no canonical form, which no device signs. */
function textOf({ method, url, body }: FastifyRequest, { challenge, deviceId }: { readonly challenge: string; readonly deviceId: string }): string | null {
  try {
    return actText(challenge, deviceId, { method, path: url.slice(apiPrefix.length), body: body ?? null })
  } catch {
    return null
  }
}
