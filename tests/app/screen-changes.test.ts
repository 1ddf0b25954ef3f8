import { afterEach, expect, it, vi } from 'vitest'
import 'wouter/use-browser-location'
import { followScreens } from '#app/screen-changes.ts'
import { eventually } from '../support/eventually.ts'

followScreens(window, 1000)
afterEach(() => {
  document.body.replaceChildren()
  history.replaceState(null, '', '/')
})

const draw = (html: string) => void (document.body.innerHTML = html)
const focused = () => document.activeElement?.textContent
const settled = () => new Promise((resolve) => setTimeout(resolve, 100))

it('[AP65] the heading of the next screen has the focus, also when its code comes late, and forward as back', async () => {
  draw('<main><h1>Home</h1><a href="/entries">Your entries</a></main>')
  document.querySelector('a')?.focus()
  history.pushState(null, '', '/entries')
  draw('<main><p>One moment</p></main>')
  await settled()
  expect(document.activeElement).toBe(document.body)
  draw('<main><h1>Your entries</h1></main>')
  await eventually(() => expect(focused()).toBe('Your entries'))
  history.replaceState(null, '', '/')
  dispatchEvent(new PopStateEvent('popstate'))
  draw('<main><h1>Home</h1></main>')
  await eventually(() => expect(focused()).toBe('Home'))
})

it('[VO289] a screen that is gone to begins at its top, also behind one that was gone back to; one that is gone back to stays where it was, and so does the desk', () => {
  const top = vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined)
  history.pushState(null, '', '/help')
  expect(top.mock.calls).toEqual([[0, 0]])
  history.pushState(null, '', '/help?topic=1')
  history.pushState(null, '', '/desk/overview')
  expect(top).toHaveBeenCalledTimes(1)
  history.replaceState(null, '', '/settings')
  expect(top).toHaveBeenCalledTimes(2)
  history.back()
  return eventually(() => {
    expect(location.pathname).not.toBe('/settings')
    expect(top).toHaveBeenCalledTimes(2)
    history.pushState(null, '', '/help/again')
    expect(top).toHaveBeenCalledTimes(3)
  })
})

it('[AP65] a bar that stays lets it go, and a heading that says something else is another one', async () => {
  draw('<main><h1>Reading</h1></main><nav><a href="/desk/report">Report</a></nav>')
  document.querySelector('a')?.focus()
  history.pushState(null, '', '/desk/report')
  const heading = document.querySelector('h1')?.firstChild
  if (heading instanceof Text) heading.data = 'Report'
  await eventually(() => expect(document.activeElement?.tagName).toBe('H1'))
})

it('[AP65] a heading that stood there while the screen was read hands it on to the one that comes, once the person has not gone elsewhere', async () => {
  draw('<main><h1>The queue</h1></main>')
  history.pushState(null, '', '/desk/entry/1')
  draw('<main><h1>Decision</h1></main>')
  await eventually(() => expect(focused()).toBe('Decision'))
  draw('<main><h1>C-000001</h1><button>On</button></main>')
  await eventually(() => expect(focused()).toBe('C-000001'))
  document.querySelector('button')?.focus()
  document.querySelector('h1')?.replaceWith(Object.assign(document.createElement('h1'), { textContent: 'C-000001, edited' }))
  await settled()
  expect(focused()).toBe('On')
})

it('[AP65] whoever types goes on typing where the address changes under it, and going back finds the field that the screen has chosen', async () => {
  draw('<header><input id="search"></header><main><h1>An entry</h1></main>')
  document.querySelector('input')?.focus()
  history.pushState(null, '', '/desk')
  document.querySelector('main')?.replaceChildren(Object.assign(document.createElement('h1'), { textContent: 'The queue' }))
  await settled()
  expect(document.activeElement?.id).toBe('search')
  history.replaceState(null, '', '/entry/1')
  await settled()
  draw('<main><h1>An entry</h1><textarea id="comment"></textarea></main>')
  document.querySelector('textarea')?.focus()
  history.replaceState(null, '', '/entry/2')
  dispatchEvent(new PopStateEvent('popstate'))
  await settled()
  expect(document.activeElement?.id).toBe('comment')
})

it('[AP65] not where the screen has put it somewhere, a question stands open, the screen is the same, or only what is asked of it is another', async () => {
  const [begin, first] = ['<main><h1>First</h1><button>On</button></main>', () => document.querySelector('button')?.focus()]
  draw(begin)
  first()
  history.pushState(null, '', '/second')
  draw('<main><h1>Second</h1><input id="name"></main>')
  document.querySelector('input')?.focus()
  await settled()
  expect(document.activeElement?.id).toBe('name')
  history.pushState(null, '', '/third')
  draw('<main><h1>Third</h1></main><dialog open><button>Stay</button></dialog>')
  await settled()
  expect(document.activeElement).toBe(document.body)
  for (const path of ['/third?state=approved', '/fourth']) {
    draw(begin)
    first()
    history.pushState(null, '', path)
    document.querySelector('main')?.append('More of it.')
    await settled()
    expect(document.activeElement?.tagName).toBe('BUTTON')
  }
})
