/** Before any row was measured: two lines of words and a line of facts. */
const usualHeight = 84

/** What can be seen of a list, in pixels from its beginning; null where nothing is laid out. */
export interface Sight {
  readonly seen: { readonly from: number; readonly to: number } | null
  /** As high as the row was when it was last drawn, or as rows mostly are. */
  readonly heightOf: (id: string) => number
}

/** Watches which part of a long list is in sight. Held outside of React, which is told only when another part comes into sight. */
export class ListSight {
  #list: HTMLElement | null = null
  readonly #heights = new Map<string, number>()
  #isPrinting = false
  #sight: Sight = this.#sightOf(null)

  readonly attach = (list: HTMLElement | null): void => {
    this.#list = list
  }

  readonly get = (): Sight => this.#sight

  readonly subscribe = (onChange: () => void): (() => void) => {
    const look = () => {
      if (this.#look()) onChange()
    }
    // Scrolling does not bubble, but it is caught on its way down: on a wide window the list scrolls, on a narrow one the page.
    document.addEventListener('scroll', look, { capture: true, passive: true })
    window.addEventListener('resize', look)
    // Paper shows what nobody has scrolled to.
    const print = ({ type }: Event) => {
      this.#isPrinting = type === 'beforeprint'
      this.#sight = this.#sightOf(null)
      look()
      onChange()
    }
    window.addEventListener('beforeprint', print)
    window.addEventListener('afterprint', print)
    const size = 'ResizeObserver' in window ? new ResizeObserver(look) : null
    if (this.#list !== null) size?.observe(this.#list)
    look()
    return () => {
      document.removeEventListener('scroll', look, { capture: true })
      window.removeEventListener('resize', look)
      window.removeEventListener('beforeprint', print)
      window.removeEventListener('afterprint', print)
      size?.disconnect()
    }
  }

  /** Brings a drawn row into view. */
  reveal(id: string): void {
    this.#list?.querySelector(`[data-entry="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' })
  }

  /** In steps of half a window, so that a little scrolling draws nothing anew. True when something else is in sight. */
  #look(): boolean {
    const box = this.#list?.getBoundingClientRect()
    if (this.#isPrinting || box === undefined || box.height === 0) return false
    for (const row of this.#list?.querySelectorAll<HTMLElement>('[data-entry]') ?? []) this.#heights.set(row.dataset['entry'] ?? '', row.offsetHeight)
    const step = window.innerHeight / 2
    const from = Math.floor((-box.top - step) / step) * step
    if (this.#sight.seen?.from === from) return false
    this.#sight = this.#sightOf({ from, to: from + 5 * step })
    return true
  }

  #sightOf(seen: Sight['seen']): Sight {
    return { seen, heightOf: (id) => this.#heights.get(id) ?? usualHeight }
  }
}
