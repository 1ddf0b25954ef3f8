import type { Clock } from '#domain/ids.ts'
import type { DeviceGround } from '#device/device-ground.ts'

interface Timer {
  readonly at: number
  readonly run: () => void
}

const monday = Date.UTC(2026, 2, 2, 8)

/** The one time of a history. It moves by a millisecond with each look, as real clocks do, and by more when the history says so. */
export class SimTime implements Clock {
  #now = monday
  #timers: Timer[] = []

  now(): number {
    return (this.#now += 1)
  }

  /** What falls due on the way runs in its order. */
  advance(ms: number): void {
    const until = this.#now + ms
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
    }
    this.#now = Math.max(this.#now, until)
  }

  /** Timers of one page; they end with it. */
  timers(isAlive: () => boolean): DeviceGround['timer'] {
    return {
      after: (ms, run) => {
        const timer = { at: this.#now + ms, run: () => (isAlive() ? run() : undefined) }
        this.#timers.push(timer)
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer)
        }
      },
    }
  }
}
