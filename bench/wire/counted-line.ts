import type { CDPSession, Page, Request } from '@playwright/test'
import { relayTo } from '../volunteer/byte-counter.ts'
import { http2Front } from './http2-front.ts'

/** What went over a line, both ways, headers and all; without what TCP and TLS add. */
export interface Passed {
  readonly up: number
  readonly down: number
  readonly requests: number
  /** Of it what is no body of a request or an answer. */
  readonly headers: number
  /** Bodies of the requests, where they are text. */
  readonly bodies: readonly string[]
}

export interface CountedLine {
  readonly url: string
  /** What passes while `work` runs, and a moment longer: the last bytes come behind the answer. */
  readonly during: (work: () => Promise<unknown>) => Promise<Passed & { readonly ms: number }>
  /** From here on the requests of this page are seen. */
  readonly watch: (page: Page) => void
  readonly close: () => Promise<void>
}

const quietMs = 250

export type Over = 'HTTP/1.1' | 'HTTP/2'

export async function countedLine(port: number, over: Over = 'HTTP/1.1'): Promise<CountedLine> {
  const relay = await (over === 'HTTP/2' ? http2Front : relayTo)(port)
  const seen: Request[] = []
  return {
    url: relay.url,
    watch: (page) => void page.on('request', (request) => seen.push(request)),
    during: async (work) => {
      const [asked, sent] = [relay.asked(), relay.sent()]
      seen.length = 0
      const began = performance.now()
      await work()
      const ms = performance.now() - began
      await new Promise((resolve) => void setTimeout(resolve, quietMs))
      const [up, down, requests] = [relay.asked() - asked, relay.sent() - sent, [...seen]]
      const sizes = await Promise.all(requests.map((request) => request.sizes()))
      const bodyBytes = sizes.reduce((sum, { requestBodySize, responseBodySize }) => sum + requestBodySize + responseBodySize, 0)
      return { up, down, requests: requests.length, headers: up + down - bodyBytes, bodies: requests.map((request) => request.postData() ?? ''), ms }
    },
    close: relay.close,
  }
}

const conditions = {
  none: { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
  fast: { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
  slow: { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 },
} as const

export type Line = keyof typeof conditions

/** `slow`: 400 kbit/s each way and 400 ms until an answer begins. */
export async function setLine(cdp: CDPSession, line: Line): Promise<void> {
  await cdp.send('Network.emulateNetworkConditions', conditions[line])
}

/** The time that so many bytes in so many requests, one behind the other, take on that line. */
export function modelledMs({ up, down, requests }: Pick<Passed, 'up' | 'down' | 'requests'>): number {
  return requests * 400 + (up + down) / 50
}
