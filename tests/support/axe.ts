import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import axe from 'axe-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const themes = ['light', 'dark'] as const

/**
 * What axe objects to on this screen, in light and, on the very same screen, in dark. In a window as long as the screen: what lies
 * under the bar at the bottom can be scrolled free, which axe cannot know.
 */
export async function expectNoViolation(page: Page, screen: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 360, height: 740 }
  await page.setViewportSize({ width, height: Math.max(height, await page.evaluate(() => document.documentElement.scrollHeight)) + 200 })
  const found: unknown[] = []
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await violationsOn(page)).map((violation) => ({ screen, colorScheme, ...violation })))
  }
  await page.setViewportSize({ width, height })
  expect(found).toEqual([])
}

interface Violation {
  readonly id: string
  readonly nodes: readonly (readonly [target: string, failure: string])[]
}

/**
 * axe in the page itself. `@axe-core/playwright` puts axe into a second, empty page for each look and carries along all that was
 * in order, which took nine times as long (3.6 s a screen instead of 0.4 s on a busy machine); it is for pages with frames of
 * other origins, and we have no frames.
 */
async function violationsOn(page: Page): Promise<readonly Violation[]> {
  if (page.frames().length > 1) throw new Error('axe would not look into the frames of this page')
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(async (values) => {
    // On the way to another theme, or onto the screen, a colour is not yet the one that people read; what has no end stays as it is.
    for (const animation of document.getAnimations()) if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish()
    const { violations } = await (globalThis as unknown as { readonly axe: typeof axe }).axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => [target.join(' '), failureSummary ?? ''] as const) }))
  }, tags)
}
