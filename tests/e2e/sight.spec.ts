import { expect, test } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { joinOn } from '../support/people.ts'
import { createProfile } from '../support/profiles.ts'

test.describe('what is seen at a glance', () => {
  let server: AppServer
  test.beforeAll(async () => void (server = await startAppServer()))
  test.afterAll(() => server.stop())

  test('[UI790] words of another language on an Arabic page have the letters and the air of their own', async () => {
    const profile = await createProfile({ size: 'phone', locale: 'ar-LB' })
    try {
      const page = await profile.open()
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      const [arabic, english, inArabic] = await page.evaluate(() => {
        const add = (lang: string, within: Element) => {
          const element = document.createElement('p')
          element.lang = lang
          element.style.fontFamily = 'var(--serif)'
          element.style.lineHeight = 'var(--leading)'
          within.append(element)
          return element
        }
        const there = add('en', document.body)
        return [add('ar', document.body), there, add('ar', there)].map((element) => [getComputedStyle(element).fontFamily.includes('Arabic'), Number.parseFloat(getComputedStyle(element).lineHeight) / Number.parseFloat(getComputedStyle(element).fontSize)])
      })
      expect([arabic, english, inArabic]).toEqual([[true, expect.closeTo(1.7, 2)], [false, expect.closeTo(1.5, 2)], [true, expect.closeTo(1.7, 2)]])
    } finally {
      await profile.close()
    }
  })

  test('[UI791] on a phone on its side both record buttons are there at once, and leave the page most of its room', async () => {
    const profile = await createProfile({ size: 'phone' })
    try {
      const page = await profile.open()
      await page.goto(await server.invite('volunteer'))
      await joinOn(page)
      await page.setViewportSize({ width: 640, height: 320 })
      const boxes = await Promise.all(['challenge', 'action'].map((kind) => page.locator(`a[href="/new/${kind}"]`).boundingBox()))
      expect(boxes.map((box) => [Math.round((box?.y ?? 0) + (box?.height ?? 0)) <= 320, (box?.height ?? 0) >= 48, (box?.y ?? 0) > 240])).toEqual([[true, true, true], [true, true, true]])
    } finally {
      await profile.close()
    }
  })
})
