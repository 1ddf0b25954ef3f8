import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepFirstPicture, pictureKey } from '#app/first-picture.ts'
import type { FirstPicture } from '#app/first-picture.ts'
import { createValue } from '#app/value.ts'
import type { Value } from '#app/value.ts'
import type { Membership } from '#device/device.ts'

const home = `
  <div class="page_x" data-kind="challenge">
    <header class="header_x"><b>Kajulu floods</b><a class="icon_x" href="/settings" aria-label="Settings"><svg viewBox="0 0 24 24" fill="none" stroke-width="1.9" aria-hidden="true"><path d="M1 1h2"></path></svg></a></header>
    <main class="main_x"><h1>Home</h1><ul><li><a href="/entry/1">The well at the school is dry.</a></li></ul></main>
    <nav class="dock_x" aria-label="Record"><a class="record_x" href="/new/challenge" data-kind="challenge"><span>Challenge</span><small>What people face</small></a></nav>
  </div>`
const floor = readFileSync('public/floor.js', 'utf8')
const shell = new DOMParser().parseFromString(readFileSync('index.html', 'utf8'), 'text/html').body

beforeEach(() => {
  localStorage.clear()
  window.history.replaceState(null, '', '/')
  document.head.innerHTML = '<script type="module" src="/assets/index-one.js"></script>'
  document.documentElement.lang = 'fr'
  document.documentElement.dir = 'ltr'
  document.documentElement.removeAttribute('data-theme')
  delete document.documentElement.dataset['asked']
  vi.useFakeTimers()
})
afterEach(() => {
  document.head.replaceChildren()
  document.body.replaceChildren()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('[AP46] the next start draws the frame of home again as it stood, with its language and theme and none of its entries', () => {
  kept()
  document.documentElement.setAttribute('data-theme', 'dark')
  kept()
  expect(localStorage.getItem(pictureKey)).not.toContain('well')
  document.documentElement.lang = 'en'
  document.documentElement.removeAttribute('data-theme')
  start()
  expect([document.documentElement.lang, document.documentElement.dataset['theme']]).toEqual(['fr', 'dark'])
  const frame = document.querySelector('.page_x')
  expect(frame?.querySelector('header')?.outerHTML).toContain('Kajulu floods')
  expect(frame?.querySelector('svg')?.namespaceURI).toBe('http://www.w3.org/2000/svg')
  // Its signs look as they did.
  for (const name of ['viewBox', 'fill', 'stroke-width']) expect(frame?.querySelector('svg')?.hasAttribute(name)).toBe(true)
  expect(frame?.querySelector('main')?.textContent).toBe('')
  expect(frame?.querySelector('nav')?.getAttribute('aria-label')).toBe('Record')
  expect(document.querySelector<HTMLElement>('.shell')?.hidden).toBe(true)
})

it('[AP46] a tap before the app stands is kept for it, the last one counts, and nothing is loaded anew', () => {
  kept()
  start()
  const [settings, challenge] = ['a[href="/settings"] path', 'a[href="/new/challenge"] span'].map((at) => document.querySelector(at))
  const taps = [settings, challenge].map((at) => at?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })))
  // Both were taken: the browser follows neither.
  expect(taps).toEqual([false, false])
  expect(document.documentElement.dataset['asked']).toBe('/new/challenge')
  expect([...document.querySelectorAll('[data-taken]')].map((link) => link.getAttribute('href'))).toEqual(['/new/challenge'])
})

it('[AP46] an app that does not come is said in the shell, in the place of the frame', () => {
  kept()
  start()
  vi.advanceTimersByTime(21_000)
  expect(document.querySelector('.page_x')).toBeNull()
  expect(document.querySelector<HTMLElement>('.shell')?.hidden).toBe(false)
  expect(document.querySelector<HTMLElement>('[data-shell=slow]')?.hidden).toBe(false)
})

it('[AP46] another build, another address, and what is not ours begin with the plain shell', () => {
  kept()
  const picture = JSON.parse(localStorage.getItem(pictureKey) ?? '') as FirstPicture
  const begins = (change: () => void): boolean => {
    change()
    start()
    return document.querySelector('.page_x') === null && document.querySelector<HTMLElement>('.shell')?.hidden === false
  }
  const keeps = (other: unknown) => () => localStorage.setItem(pictureKey, typeof other === 'string' ? other : JSON.stringify(other))
  expect(begins(keeps({ ...picture, build: `${picture.build}?other` }))).toBe(true)
  expect(begins(keeps('{'))).toBe(true)
  expect(begins(keeps({ ...picture, campaign: 'terrain-of-another' }))).toBe(true)
  expect(begins(keeps({ ...picture, page: ['div', { class: 'page_x' }, [['script', { src: '/x.js' }, []]]] }))).toBe(true)
  expect(begins(() => {
    keeps(picture)()
    window.history.replaceState(null, '', '/settings')
  })).toBe(true)
  window.history.replaceState(null, '', '/')
  expect(begins(keeps({ ...picture, page: ['div', { onclick: 'x()' }, [['a', { href: '//elsewhere.example' }, []], ['main', {}, []]]] }))).toBe(false)
  expect([...document.querySelectorAll('[onclick], a[href^="//"]')]).toEqual([])
})

it('[AP46] who leaves, and a look that was changed elsewhere, take the frame along', () => {
  const { membership, hide } = kept()
  expect(localStorage.getItem(pictureKey)).not.toBeNull()
  window.history.replaceState(null, '', '/settings')
  hide()
  expect(localStorage.getItem(pictureKey)).not.toBeNull()
  document.documentElement.lang = 'ar'
  hide()
  expect(localStorage.getItem(pictureKey)).toBeNull()
  window.history.replaceState(null, '', '/')
  hide()
  expect(localStorage.getItem(pictureKey)).not.toBeNull()
  membership.set(null)
  expect(localStorage.getItem(pictureKey)).toBeNull()
})

it('[AP46] a storage that is shut fails nothing', () => {
  const membership = createValue<Membership | null>(null)
  const page = document
  expect(() => keepFirstPicture({ membership }, { page, path: () => '/', campaign: 'terrain', onHide: (call) => call(), storage: () => { throw new DOMException('shut', 'SecurityError') } })).not.toThrow()
})

/** Home as it stands, and the frame taken of it. */
function kept(): { readonly membership: Value<Membership | null>; readonly hide: () => void } {
  document.body.innerHTML = `<div id="root">${home}</div>`
  const membership = createValue<Membership | null>({} as Membership)
  let hide = (): void => undefined
  keepFirstPicture({ membership }, { page: document, storage: () => localStorage, path: () => location.pathname, campaign: 'terrain', onHide: (call) => void (hide = call) })
  return { membership, hide }
}

/** The shell as it comes, and floor.js in it. */
function start(): void {
  document.body.replaceChildren(...[...shell.childNodes].map((node) => document.importNode(node, true)))
  vi.stubGlobal('CSS', { supports: () => true })
  vi.stubGlobal('HTMLScriptElement', { supports: () => true })
  vi.stubGlobal('isSecureContext', true)
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the shipped file as it is, in the page of this test
  new Function('window', 'CSS', 'HTMLScriptElement', floor)(globalThis, CSS, HTMLScriptElement)
}
