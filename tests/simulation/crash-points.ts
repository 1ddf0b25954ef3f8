/** The server process is gone from this moment on. */
export class Crashed extends Error {}

/** Where a process may die: before and after each thing that it asks of its store or its shelf. */
export class CrashPoints {
  /** How many points it still passes; null: it lives. */
  passing: number | null = null
  #isDown = false

  get isDown(): boolean {
    return this.#isDown
  }

  pass(): void {
    if (this.#isDown) throw new Crashed()
    if (this.passing === null) return
    this.passing -= 1
    if (this.passing >= 0) return
    this.#isDown = true
    throw new Crashed()
  }

  up(): void {
    this.#isDown = false
    this.passing = null
  }

  /** The same object, each of whose calls is a point before it and a point behind it. */
  around<Part extends object>(part: Part): Part {
    return new Proxy(part, {
      get: (target, name, receiver) => {
        const value: unknown = Reflect.get(target, name, receiver)
        if (typeof value === 'object' && value !== null) return this.around(value)
        if (typeof value !== 'function' || name === 'close') return value
        return async (...about: readonly unknown[]) => {
          this.pass()
          const answer: unknown = await Reflect.apply(value, target, about)
          this.pass()
          return answer
        }
      },
    })
  }
}
