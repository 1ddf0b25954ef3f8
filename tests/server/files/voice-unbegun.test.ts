import { expect, it, vi } from 'vitest'
import { adviceOn } from '#server/advice.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { shownVoice } from '#server/files/shown-voice.ts'
import { recorded } from '../../support/voice-packets.ts'

// Its packages are not there just now.
vi.mock('node:worker_threads', async () => {
  const { EventEmitter } = await import('node:events')
  return {
    Worker: class extends EventEmitter {
      constructor() {
        super()
        setTimeout(() => this.emit('error', new Error('Cannot find package')), 1)
      }

      terminate(): Promise<number> {
        return Promise.resolve(1)
      }
    },
  }
})

it('[SE870] a voice note whose worker cannot be begun is not taken for one that nobody can play', async () => {
  const reason = await shownVoice('audio/webm', recorded('two-seconds.webm')).catch((error: unknown) => error)
  expect(reason).toBeInstanceOf(ShelfUnavailable)
  expect(adviceOn(reason, { host: '127.0.0.1', port: 8080, dataDir: '/data' })).toContain('npm run build')
})
