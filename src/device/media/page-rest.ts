const key = 'terrain-page'

/**
 * Whether the page before this one was ended while somebody looked at it: the browser was killed, or the tab closed in the middle of things. Known
 * from a word that each page keeps in the browser from its beginning, and changes when it is hidden. A page that is ended in its first seconds
 * may not have got its word to the disk; then what the page before it said is believed. False where nothing is known.
 */
export function wasCutShort({ kept = () => localStorage, page = document }: { readonly kept?: () => Pick<Storage, 'getItem' | 'setItem'>; readonly page?: Pick<Document, 'visibilityState' | 'addEventListener'> } = {}): boolean {
  try {
    // Where sites may keep nothing, its name alone throws.
    const store = kept()
    const was = store.getItem(key) === 'awake'
    const note = (): void => keep(store, page.visibilityState === 'hidden' ? 'resting' : 'awake')
    page.addEventListener('visibilitychange', note)
    note()
    return was
  } catch {
    // Where such storage is not allowed nothing is known.
    return false
  }
}

function keep(store: Pick<Storage, 'setItem'>, word: 'awake' | 'resting'): void {
  try {
    store.setItem(key, word)
  } catch {
    // A full storage keeps the word before.
  }
}
