/** So many pages are kept, some hundred kilobytes each. */
const mostPages = 20

interface Kept<Page> {
  readonly stamp: string
  readonly page: Page
}

/**
 * Pages that were asked for lately, for links that many follow at once. Each with a stamp of all that it depends on: under another stamp it is
 * made anew, so that nobody is shown what has gone since.
 */
export class RecentPages<Page> {
  readonly #pages = new Map<string, Kept<Page>>()

  async get(key: string, stamp: string, make: () => Promise<Page>): Promise<Page> {
    const known = this.#pages.get(key)
    const page = known?.stamp === stamp ? known.page : await make()
    // The one that was asked for last stands last, and the first is forgotten.
    this.#pages.delete(key)
    this.#pages.set(key, { stamp, page })
    const [oldest] = this.#pages.keys()
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest)
    return page
  }
}
