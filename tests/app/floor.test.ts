import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { directionOf } from '#i18n/direction.ts'
import { locales } from '#i18n/locale.ts'

const page = new DOMParser().parseFromString(readFileSync('index.html', 'utf8'), 'text/html')
const script = readFileSync('public/floor.js', 'utf8')

beforeEach(() => {
  document.body.replaceChildren(...[...page.body.childNodes].map((node) => document.importNode(node, true)))
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the shell', () => {
  it('[AP6] a browser below the floor gets one section, in its language', () => {
    open({ languages: ['pt-BR', 'fr-CA', 'en'], meetsFloor: false })
    expect(document.documentElement.dataset['floor']).toBe('old')
    expect(shownSections()).toEqual(['old'])
    expect(shownWords()).toContain('Ce navigateur est trop ancien')
    expect(document.documentElement.lang).toBe('fr')
  })

  it('[AP6] an address without https gets one section, from right to left in Arabic', () => {
    open({ languages: ['ar-LB'], isSecure: false })
    expect(document.documentElement.dataset['floor']).toBe('insecure')
    expect(shownSections()).toEqual(['insecure'])
    expect(shownWords()).toContain('https://')
    expect(document.documentElement.dir).toBe('rtl')
  })

  it.each([['es-MX', 'demasiado antiguo'], ['ru-RU', 'слишком старый'], ['zh-Hans-CN', '太旧']])('[AP6] %s is spoken to in its own language', (tag, words) => {
    open({ languages: [tag], meetsFloor: false })
    expect(shownWords()).toContain(words)
    expect(document.documentElement.dir).toBe('ltr')
  })

  it('[AP6] a language that is not complete is told in English', () => {
    open({ languages: ['uk'], meetsFloor: false })
    expect(shownWords()).toContain('too old')
    expect(document.documentElement.dir).toBe('ltr')
  })

  it('[AP1] in a browser that fits, the shell says nothing at first, then that it opens, then what to do', () => {
    open({ languages: ['en'] })
    expect(document.documentElement.dataset['floor']).toBe('met')
    expect(shownSections()).toEqual([])
    vi.advanceTimersByTime(2000)
    expect(shownSections()).toEqual(['opening'])
    vi.advanceTimersByTime(20_000)
    expect(shownSections()).toEqual(['slow'])
    expect(shownWords()).toContain('is safe on this phone')
  })

  it('[GR24] asks for its language while the entry is still on its way, and for nothing where the app will not start', () => {
    const list = document.createElement('meta')
    list.name = 'asked-ahead'
    list.content = JSON.stringify({ en: ['/assets/english.js'], fr: ['/assets/french.js', '/assets/with-french.js'], store: ['/assets/store.js'] })
    document.head.append(list)
    open({ languages: ['fr-CA', 'en'], meetsFloor: false })
    expect(asked()).toEqual([])
    open({ languages: ['fr-CA', 'en'] })
    expect(asked()).toEqual(['/assets/french.js', '/assets/with-french.js', '/assets/store.js'])
    document.head.replaceChildren()
  })

  it('[AP910] wakes the browser’s storage before the app’s code is there, and only where the app will need it', () => {
    const databases = vi.fn<() => Promise<[]>>(() => Promise.resolve([]))
    vi.stubGlobal('indexedDB', { databases })
    open({ languages: ['en'], meetsFloor: false })
    expect(databases).toHaveBeenCalledTimes(0)
    open({ languages: ['en'] })
    expect(databases).toHaveBeenCalledTimes(1)
    // An old browser that cannot be asked, and a storage that is shut.
    vi.stubGlobal('indexedDB', {})
    open({ languages: ['en'] })
    vi.stubGlobal('indexedDB', { databases: () => Promise.reject(new DOMException('shut', 'SecurityError')) })
    open({ languages: ['en'] })
    expect(document.documentElement.dataset['floor']).toBe('met')
  })

  it('[AP45] who follows an invite for the first time begins with the form, and the store is not asked for beside it', () => {
    const list = document.createElement('meta')
    list.name = 'asked-ahead'
    list.content = JSON.stringify({ en: ['/assets/english.js'], store: ['/assets/store.js'] })
    const begins = (address: string, worker: object | null) => {
      window.history.replaceState(null, '', address)
      vi.stubGlobal('navigator', { languages: ['en'], serviceWorker: { controller: worker } })
      document.head.replaceChildren(list)
      delete document.documentElement.dataset['begins']
      open({ languages: ['en'] })
      return [document.documentElement.dataset['begins'], asked().length]
    }
    expect(begins('/join#secret', null)).toEqual(['join', 1])
    // A phone that keeps the app has all of it; and without an invite there is no form.
    expect([begins('/join#secret', {}), begins('/join', null), begins('/', null), begins('/desk#secret', null)]).toEqual(Array.from({ length: 4 }, () => [undefined, 2]))
    document.head.replaceChildren()
    window.history.replaceState(null, '', '/')
  })

  it('[AP62] the store’s code is begun by the tag that the shell keeps of it, and not beside the form of an invite', () => {
    const kept = document.createElement('template')
    kept.innerHTML = '<script src="/assets/code-of-store.js"></script>'
    const begins = (address: string) => {
      window.history.replaceState(null, '', address)
      vi.stubGlobal('navigator', { languages: ['en'], serviceWorker: { controller: null } })
      document.head.replaceChildren(kept)
      open({ languages: ['en'] })
      return [...document.head.querySelectorAll('script')].map((tag) => tag.getAttribute('src'))
    }
    expect(begins('/join#secret')).toEqual([])
    expect(begins('/')).toEqual(['/assets/code-of-store.js'])
    document.head.replaceChildren()
  })

  it('[AP6] every section says the same in the six languages', () => {
    const sections = [...document.querySelectorAll('[data-shell]')]
    expect(sections).toHaveLength(4)
    for (const section of sections) {
      const words = [...section.querySelectorAll<HTMLElement>(':scope > [lang]')]
      expect(words.map(({ lang, dir }) => `${lang} ${dir}`)).toEqual(locales.map((locale) => `${locale} ${directionOf(locale)}`))
      for (const word of words) expect(word.textContent.trim()).not.toBe('')
    }
  })
})

/** Runs floor.js in a browser with these traits. */
function open({ languages, meetsFloor = true, isSecure = true }: { readonly languages: readonly string[]; readonly meetsFloor?: boolean; readonly isSecure?: boolean }): void {
  vi.stubGlobal('CSS', { supports: () => meetsFloor })
  vi.stubGlobal('HTMLScriptElement', { supports: () => meetsFloor })
  vi.stubGlobal('isSecureContext', isSecure)
  if (!Object.hasOwn(navigator, 'languages')) vi.spyOn(navigator, 'languages', 'get').mockReturnValue([...languages])
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the shipped file as it is, in the page of this test
  new Function('window', 'CSS', 'HTMLScriptElement', script)(globalThis, CSS, HTMLScriptElement)
}

const asked = (): readonly (string | null)[] => [...document.head.querySelectorAll('link[rel=modulepreload]')].map((link) => link.getAttribute('href'))

function shownSections(): readonly (string | null)[] {
  return [...document.querySelectorAll<HTMLElement>('[data-shell]')].filter(({ hidden }) => !hidden).map((section) => section.getAttribute('data-shell'))
}

function shownWords(): string {
  const words = [...document.querySelectorAll<HTMLElement>('[data-shell]:not([hidden]) > [lang]')].filter(({ hidden }) => !hidden)
  return words.map(({ textContent }) => textContent).join(' ')
}
