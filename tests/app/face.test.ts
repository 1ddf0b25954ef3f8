import { beforeEach, expect, it } from 'vitest'
import { createFace } from '#app/face.ts'

beforeEach(() => {
  const bars = [['#eee', 'light'], ['#111', 'dark']].map(([content = '', scheme]) => {
    const bar = document.createElement('meta')
    bar.name = 'theme-color'
    bar.content = content
    bar.media = `(prefers-color-scheme: ${scheme})`
    return bar
  })
  document.head.replaceChildren(...bars)
})

it('[AP7] the document has the language that is on, and its direction', () => {
  const face = createFace(document)
  face.speak('ar')
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl'])
  face.speak('fr')
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['fr', 'ltr'])
})

it('[AP7] the browser’s bar wears what the page wears', () => {
  const face = createFace(document)
  face.wear('dark')
  expect([document.documentElement.dataset['theme'], ...bars()]).toEqual(['dark', '#111', '#111'])
  face.wear('light')
  expect([document.documentElement.dataset['theme'], ...bars()]).toEqual(['light', '#eee', '#eee'])
  face.wear('sun')
  expect([document.documentElement.dataset['theme'], ...bars()]).toEqual(['sun', '#ffffff', '#ffffff'])
  face.wear('system')
  expect([document.documentElement.dataset['theme'], ...bars()]).toEqual([undefined, '#eee', '#111'])
})

function bars(): readonly string[] {
  return [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')].map(({ content }) => content)
}
