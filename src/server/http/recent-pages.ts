interface Kept<Page> {
  readonly stamp: string
  readonly page: Promise<Page>
}

/**
 * Pages and pictures that were asked for lately, for links that many follow at once. Each with a stamp of all that it depends on: under another stamp it is
 * made anew, so that nobody is shown what has gone since. Whoever asks while it is being made waits for that one.
 */
export class RecentPages<Page> {
  readonly #pages = new Map<string, Kept<Page>>()
  readonly #most: number

  /** As many are kept as `most` says; the size of one is for the caller to know. */
  constructor(most: number) {
    this.#most = most
  }

  async get(key: string, stamp: string, make: () => Promise<Page>): Promise<Page> {
    const known = this.#pages.get(key)
    const page = known?.stamp === stamp ? known.page : make()
    // The one that was asked for last stands last, and the first is forgotten.
    this.#pages.delete(key)
    this.#pages.set(key, { stamp, page })
    const [oldest] = this.#pages.keys()
    if (this.#pages.size > this.#most && oldest !== undefined) this.#pages.delete(oldest)
    try {
      return await page
    } catch (error) {
      if (this.#pages.get(key)?.page === page) this.#pages.delete(key)
      throw error
    }
  }
}
