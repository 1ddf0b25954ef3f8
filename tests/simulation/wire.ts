import type { FetchResponse } from '#device/device-ground.ts'

export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string | Uint8Array
}

export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Who sends: one page of one phone, which may be killed while it waits. */
export interface Sender {
  readonly isAlive: () => boolean
  readonly cookie: () => string
  readonly address: string
  readonly onAnswer: (answer: WireAnswer) => void
}

export interface Message {
  readonly sender: Sender
  readonly request: WireRequest
  readonly answer: (answer: WireAnswer) => void
  readonly fail: () => void
}

interface Returning {
  readonly message: Message
  readonly answer: WireAnswer
}

/** The network: nothing moves on it unless the history moves it, in whatever order it likes. */
export class Wire {
  readonly toServer: Message[] = []
  readonly toPhones: Returning[] = []
  /** Their senders have given up or were killed; they may arrive all the same, at any time. */
  readonly strays: Message[] = []
  /** A proxy on the way refuses whatever holds this text, as too large. */
  refused: string | null = null

  get isQuiet(): boolean {
    return this.toServer.length === 0 && this.toPhones.length === 0
  }

  send(sender: Sender, request: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new TypeError('Failed to fetch'))
      if (!sender.isAlive()) return
      this.toServer.push({ sender, request, answer: resolve, fail })
    })
  }

  /** The answer as it comes back; what the server said to a page that is gone reaches nobody. */
  giveBack({ message, answer }: Returning): void {
    if (!message.sender.isAlive()) return
    message.sender.onAnswer(answer)
    message.answer(answer)
  }

  /** Everything that killed pages had on the way. */
  orphan(): void {
    for (const list of [this.toServer, this.toPhones]) {
      for (let index = list.length - 1; index >= 0; index -= 1) {
        const one = list[index]
        const message = one === undefined ? undefined : 'request' in one ? one : one.message
        if (message === undefined || message.sender.isAlive()) continue
        list.splice(index, 1)
        if (one !== undefined && 'request' in one) this.strays.push(one)
      }
    }
  }
}

/** As the device's own `fetch` gives it. */
export function fetchResponse({ status, headers, body }: WireAnswer): FetchResponse {
  return { status, headers: { get: (name) => headers[name.toLowerCase()] ?? null }, text: () => Promise.resolve(body) }
}
