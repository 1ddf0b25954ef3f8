import { isDeskAddress } from '#app/app.tsx'
import { textual } from '#app/writing.ts'

/** How long a screen may take to come: it can be a chunk of its own. */
const awaitScreenMs = 10_000

/** The moves through an app that is one page: the router says so of those that the browser is silent about. */
const moves = ['pushState', 'replaceState', 'popstate'] as const

/**
 * Another screen is another place. On the phone it begins at its top: without a load of the page the place stays where the screen before was scrolled to,
 * and what a screen says first would stand above the window. Who goes back finds the place again, which is the browser's own. Reading begins at its heading,
 * for the keyboard and for screen readers, which hear of nothing else that there is one. What had the focus mostly goes with the screen before, and the
 * focus with it: to the page, whose end is far. A screen that has put it somewhere itself knows better, and so does a question that stands open.
 */
export function followScreens(page: Window, awaitMs = awaitScreenMs): void {
  const { document, location } = page
  let path = location.pathname
  let end = (): void => undefined
  const handleMove = ({ type }: Event): void => {
    if (location.pathname === path) return
    path = location.pathname
    end()
    // Before the screen looks for what it has to show: a question at its field, the talk. At the desk each part of the window is scrolled by itself.
    if (type !== 'popstate' && !isDeskAddress(path)) page.scrollTo(0, 0)
    // The browser's own event is heard of by one after the other, and what draws comes first; the router's by all before anything is drawn.
    end = behindScreen(document, { ...(type === 'popstate' ? { before: null, focused: null } : { before: headingOf(document), focused: document.activeElement }), awaitMs })
  }
  for (const move of moves) page.addEventListener(move, handleMove)
  // Who joins at once is at home before this code has come.
  if (path !== loadedPath(page) && document.activeElement === document.body) giveFocus(document, null)
}

/** Of the address that the page was loaded by. */
function loadedPath({ location, performance }: Window): string {
  const [load] = performance.getEntriesByType('navigation')
  return new URL(load?.name ?? '', location.href).pathname
}

interface Coming {
  /** The heading of the screen that goes. */
  readonly before: HTMLElement | null
  /** What had the focus on it. Null where the next one may have been drawn already, and have given it to something of its own. */
  readonly focused: Element | null
  readonly awaitMs: number
}

/** Gives the focus to the heading of the screen that comes. Returns what ends the waiting for it. */
function behindScreen(document: Document, { before, focused, awaitMs }: Coming): () => void {
  const text = before?.textContent
  let [given, isDue]: [HTMLElement | null, boolean] = [null, false]
  const give = (): void => {
    isDue = false
    given = giveFocus(document, focused)
    if (given === null) end()
  }
  const look = (): void => {
    const heading = headingOf(document)
    if (isDue || heading === null || (heading === before && heading.textContent === text)) return
    // One that stood there while the screen was read goes with the focus, and the screen's own comes.
    if (given !== null && (given.isConnected || document.activeElement !== document.body)) return
    isDue = true
    // A screen looks for its own place when it has been drawn.
    requestAnimationFrame(() => setTimeout(give))
  }
  const watcher = new MutationObserver(look)
  watcher.observe(document.body, { childList: true, characterData: true, subtree: true })
  const timer = setTimeout(() => watcher.disconnect(), awaitMs)
  const end = (): void => {
    watcher.disconnect()
    clearTimeout(timer)
  }
  look()
  return end
}

/** Gives back what has it now; null where it is somewhere else by right. */
function giveFocus(document: Document, before: Element | null): HTMLElement | null {
  const { activeElement: focused } = document
  // Whoever writes goes on writing, wherever the address has gone meanwhile.
  const isChosen = focused !== null && focused !== document.body && (focused !== before || focused.matches(textual))
  const heading = headingOf(document)
  if (isChosen || heading === null || document.querySelector('dialog[open]') !== null) return null
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  return heading
}

function headingOf(document: Document): HTMLElement | null {
  return document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('h1')
}
