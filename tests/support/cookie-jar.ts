/** What a browser keeps of `set-cookie`: each name once, and all of them go with every request. */
export class CookieJar {
  readonly #values = new Map<string, string>()

  constructor(cookies: Readonly<Record<string, string>> = {}) {
    for (const [name, value] of Object.entries(cookies)) this.#values.set(name, value)
  }

  get names(): readonly string[] {
    return [...this.#values.keys()]
  }

  /** As one answer brings them, one or several. */
  keep(set: string | readonly string[] | number | undefined): void {
    for (const line of [set ?? []].flat()) {
      const [pair = ''] = String(line).split(';')
      const at = pair.indexOf('=')
      if (at > 0) this.#values.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }

  /** The header of the next request; none where nothing is kept. */
  get header(): { readonly cookie?: string } {
    return this.#values.size === 0 ? {} : { cookie: [...this.#values].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  forget(): void {
    this.#values.clear()
  }

  copy(): CookieJar {
    return new CookieJar(Object.fromEntries(this.#values))
  }
}
