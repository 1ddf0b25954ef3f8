/** How long a screen may take to come: it can be a chunk of its own. */
const awaitScreenMs = 10_000

/** The moves through an app that is one page: the router says so of those that the browser is silent about. */
const moves = ['pushState', 'replaceState', 'popstate'] as const

/**
 * Another screen is another place: reading begins at its heading, for the keyboard and for screen readers, which hear of nothing else that
 * there is one. What had the focus mostly goes with the screen before, and the focus with it: to the page, whose end is far. A screen that has
 * put it somewhere itself knows better, and so does a question that stands open.
 */
export function followScreens(page: Window, awaitMs = awaitScreenMs): void {
  const { document, location } = page
  let path = location.pathname
  let end = (): void => undefined
  const handleMove = (): void => {
    if (location.pathname === path) return
    path = location.pathname
    end()
    end = behindScreen(document, awaitMs)
  }
  for (const move of moves) page.addEventListener(move, handleMove)
}

/** Gives the focus to the heading of the screen that comes. Returns what ends the waiting for it. */
function behindScreen(document: Document, awaitMs: number): () => void {
  const [focused, before] = [document.activeElement, headingOf(document)]
  const text = before?.textContent
  const watcher = new MutationObserver(() => {
    const heading = headingOf(document)
    if (heading === null || (heading === before && heading.textContent === text)) return
    end()
    // A screen looks for its own place when it has been drawn.
    requestAnimationFrame(() => setTimeout(() => giveFocus(document, focused)))
  })
  watcher.observe(document.body, { childList: true, characterData: true, subtree: true })
  const timer = setTimeout(() => watcher.disconnect(), awaitMs)
  const end = (): void => {
    watcher.disconnect()
    clearTimeout(timer)
  }
  return end
}

function giveFocus(document: Document, before: Element | null): void {
  const { activeElement: focused } = document
  const isChosen = focused !== null && focused !== document.body && focused !== before
  const heading = headingOf(document)
  if (isChosen || heading === null || document.querySelector('dialog[open]') !== null) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}

function headingOf(document: Document): HTMLElement | null {
  return document.querySelector<HTMLElement>('main h1')
}
