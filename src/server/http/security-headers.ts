import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

const cspFileSchema = v.object({ scripts: v.array(v.string()), styles: v.array(v.string()) })

/** Hashes of the shell's inline blocks, as the build wrote them beside the app. */
export type CspHashes = v.InferOutput<typeof cspFileSchema>

export async function readCspHashes(appDir: string): Promise<CspHashes> {
  return v.parse(cspFileSchema, JSON.parse(await readFile(join(appDir, 'csp.json'), 'utf8')))
}

/**
 * Enforced, without any `unsafe-*`: inline blocks of the shell by hash only, and Trusted Types with one named policy
 * for the worker's URL (W3C CSP 3, Trusted Types).
 */
export function contentSecurityPolicy(hashes: CspHashes): string {
  const listed = (list: readonly string[]) => list.map((hash) => ` '${hash}'`).join('')
  return [
    "default-src 'none'",
    `script-src 'self'${listed(hashes.scripts)}`,
    `style-src 'self'${listed(hashes.styles)}`,
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types terrain-worker',
  ].join('; ')
}

/** For /sw.js: the policy of a worker's script governs what the worker fetches, and its precache is all of it. */
export const workerPolicy = "default-src 'none'; connect-src 'self'"

const dataHeaders = { 'x-content-type-options': 'nosniff' } as const

/** `ch-ua`: what a browser tells of itself with each request (its brand, its system), nobody here reads, and it is an eighth of a request without news. */
const documentHeaders = {
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self), payment=(), usb=(), ch-ua=(), ch-ua-mobile=(), ch-ua-platform=()',
} as const

export interface AnswerHeaders {
  /** What every answer carries that a browser could show, frame or embed, whatever it is. */
  readonly shown: Readonly<Record<string, string>>
  /**
   * Of JSON that was asked for with our header: neither an address, a frame, an element nor a form can send one, so that nothing shows, frames or
   * embeds this very answer, and none is kept for who can. What would protect a document of it protects nothing.
   */
  readonly data: Readonly<Record<string, string>>
}

/** Only this host is held to https: what else stands below its name is not ours to say. */
export function headersFor(publicUrl: string): AnswerHeaders {
  const always = publicUrl.startsWith('https:') ? { ...dataHeaders, 'strict-transport-security': 'max-age=31536000' } : dataHeaders
  return { shown: { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", ...always, ...documentHeaders }, data: { 'cache-control': 'no-store', ...always } }
}
