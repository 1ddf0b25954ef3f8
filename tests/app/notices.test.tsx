import { act, cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { navigate } from 'wouter/use-browser-location'
import type { Device, LocalEntry, Preferences, StoreNotice, SyncState } from '#device/device.ts'
import type { FirstLook } from '#device/first-look.ts'
import { english } from '#i18n/en/language.ts'
import { InstallCard } from '#app/install-card.tsx'
import { createInstalling } from '#app/install.ts'
import { Notices } from '#app/notices.tsx'
import type { Updates, VersionNews } from '#app/update.ts'
import { createValue } from '#app/value.ts'
import { isWriting } from '#app/writing.ts'
import type { InstallWay } from '#volunteer/install/install-way.ts'
import { LanguageProvider } from '#ui/language/language.tsx'

const words = english.messages

beforeEach(() => navigate('/'))

describe('speaking to the person', () => {
  it('[AP8] [AP9] a new version is offered, and used after a tap', async () => {
    const { news, taps } = show()
    act(() => news.set('waiting'))
    expect(said()).toContain(words['update.ready'])
    await userEvent.click(screen.getByRole('button', { name: words['update.now'] }))
    expect(taps).toEqual(['accept'])
  })

  it('[AP9] it waits while a field has the focus, and comes when it is left', async () => {
    const { news } = show()
    act(() => screen.getByRole('textbox').focus())
    act(() => news.set('waiting'))
    await settle()
    expect(said()).toBe('')
    act(() => screen.getByRole('textbox').blur())
    await settle()
    expect(said()).toContain(words['update.ready'])
  })

  it('[AP9] it waits while an entry is being recorded', async () => {
    const { news } = show()
    act(() => {
      navigate('/new/challenge')
      news.set('waiting')
    })
    expect(said()).toBe('')
    act(() => navigate('/'))
    expect(said()).toContain(words['update.ready'])
  })

  it('[AP9] that Terrain opens without a connection is not said over the form in which one joins', () => {
    const { news } = show()
    act(() => {
      navigate('/join')
      news.set('offlineReady')
    })
    expect(said()).toBe('')
    act(() => navigate('/'))
    expect(said()).toContain(words['offline.ready'])
  })

  it('[AP42] it waits while a photo is on its way, not for one that is held back', () => {
    const { news, sync } = show()
    const uploading = { ...sync.get(), phase: 'syncing', pendingFiles: 2, heldFiles: 1 } as const
    act(() => sync.set(uploading))
    act(() => news.set('waiting'))
    expect(said()).toBe('')
    act(() => sync.set({ ...uploading, pendingFiles: 1 }))
    expect(said()).toContain(words['update.ready'])
  })

  it('[AP9] words that are not stored yet count as writing', () => {
    expect(isWriting(document, '/entry/1')).toBe(false)
    const screenInUse = document.createElement('form')
    screenInUse.dataset['dirty'] = 'true'
    document.body.append(screenInUse)
    expect(isWriting(document, '/entry/1')).toBe(true)
    screenInUse.remove()
  })
})

describe('what the store has to tell', () => {
  it('[DS22] a window with older code asks to be opened again, and leaves alone who is writing', async () => {
    const { notice } = show()
    act(() => screen.getByRole('textbox').focus())
    act(() => notice.set({ kind: 'outdated' }))
    await settle()
    expect(said()).toBe('')
    act(() => screen.getByRole('textbox').blur())
    await settle()
    expect(said()).toContain(words['update.outdated'])
    expect(screen.getByRole('button', { name: words['failure.again'] })).toBeTruthy()
  })

  it('[DS24] damage is said, with how much of it there is', () => {
    const { notice } = show()
    act(() => notice.set({ kind: 'damaged', entries: 2, changes: 1 }))
    expect(said()).toContain('3 entries or changes are not whole')
  })
})

describe('installing', () => {
  it('[AP13] it is offered after the first saved entry, on the home screen', async () => {
    const { entries, offers } = show()
    act(() => void window.dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: () => Promise.resolve(void offers.push('asked')) })))
    expect(offered()).toBe('')
    act(() => entries.set([{} as LocalEntry]))
    await userEvent.click(screen.getByRole('button', { name: words['install.now'] }))
    expect(offers).toEqual(['asked'])
    expect(offered()).toBe('')
  })

  it('[AP13] refused once is refused for good', async () => {
    const { entries, preferences, offers } = show()
    act(() => {
      entries.set([{} as LocalEntry])
      window.dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: () => Promise.resolve(void offers.push('asked')) }))
    })
    await userEvent.click(screen.getByRole('button', { name: words['install.later'] }))
    expect(preferences.get().installDismissed).toBe(true)
    expect(offered()).toBe('')
    expect(offers).toEqual([])
  })

  it('[AP13] on a full phone, which keeps no refusal, it goes all the same', async () => {
    const { entries } = show('ios', () => Promise.reject(new Error('full')))
    act(() => entries.set([{} as LocalEntry]))
    await userEvent.click(screen.getByRole('button', { name: words['install.later'] }))
    expect(offered()).toBe('')
  })

  it('[AP40] on an iPhone, which never asks, the pictured steps are one tap away, and it says why', () => {
    const { entries } = show('ios')
    expect(offered()).toBe('')
    act(() => entries.set([{} as LocalEntry]))
    expect(offered()).toContain(words['install.textIos'])
    expect(screen.getByRole('link', { name: words['install.show'] }).getAttribute('href')).toBe('/install')
  })

  it('[AP40] a window of another app is told that it is one; an installed app is offered nothing', () => {
    const { entries } = show('inside')
    act(() => entries.set([{} as LocalEntry]))
    expect(offered()).toContain(words['install.textInside'])
    cleanup()
    const installed = show('installed')
    act(() => installed.entries.set([{} as LocalEntry]))
    expect(offered()).toBe('')
  })
})

function offered(): string {
  return screen.getByRole('region', { name: 'card' }).textContent
}

function said(): string {
  return screen.getByRole('status').textContent
}

function show(way: InstallWay = 'menu', keep?: Device['setPreferences']) {
  const news = createValue<VersionNews>('none')
  const firstLook = createValue<FirstLook>({ newest: [], asking: [], begun: [], all: null })
  const entries = { set: (newest: readonly LocalEntry[]) => firstLook.set({ newest, asking: [], begun: [], all: null }) }
  const preferences = createValue({ installDismissed: false } as Preferences)
  const taps: string[] = []
  const updates: Updates = { news, accept: () => void taps.push('accept'), dismiss: () => void taps.push('dismiss') }
  const setPreferences = (patch: Partial<Preferences>) => {
    act(() => preferences.set({ ...preferences.get(), ...patch }))
    return Promise.resolve()
  }
  const notice = createValue<StoreNotice | null>(null)
  const sync = createValue({ phase: 'idle', pendingFiles: 0, heldFiles: 0 } as SyncState)
  const device = { notice, firstLook, preferences, setPreferences: keep ?? setPreferences, sync } as unknown as Device
  render(
    <LanguageProvider language={english}>
      <input type="text" aria-label="words" />
      <Notices device={device} updates={updates} />
      <section aria-label="card"><InstallCard device={device} installing={createInstalling(window)} way={way} /></section>
    </LanguageProvider>,
  )
  return { news, notice, sync, entries, preferences, taps, offers: [] as string[] }
}

/** The focus is looked at when it has arrived, one turn later. */
function settle(): Promise<void> {
  return act(() => new Promise<void>((resolve) => setTimeout(resolve, 5)))
}
