import { createHash } from 'node:crypto'
import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { vi } from 'vitest'
import { CoordinatorApp } from '#coordinator/coordinator-app.tsx'
import type { DeskGround } from '#coordinator/desk-ground.ts'
import type { Sha256 } from '#domain/ids.ts'
import { loadLanguage } from '#i18n/load.ts'
import type { Locale } from '#i18n/locale.ts'
import { LanguageProvider } from '#ui/language/language.tsx'
import { deskIds } from '../support/desk-entries.ts'
import { createFakeDesk } from '../support/fake-desk-device.ts'
import type { FakeDesk } from '../support/fake-desk-device.ts'

export const digest = async (text: string) => createHash('sha256').update(text).digest('hex') as Sha256

export const fakeDesk = (options: Omit<Parameters<typeof createFakeDesk>[0], 'digest'> = {}): FakeDesk => createFakeDesk({ ...options, digest })

/** Draws the desk at an address. `tick` runs what the desk does every so often. */
export async function showDesk(desk: FakeDesk, path = '/desk', locale: Locale = 'en') {
  // jsdom draws nothing, and scrolls nowhere.
  Element.prototype.scrollIntoView = vi.fn<() => void>()
  history.replaceState(null, '', path)
  const ticks: (() => void)[] = []
  let nowMs = Date.parse('2026-03-02T11:20:00Z')
  let isVisible = true
  const onVisible = new Set<() => void>()
  desk.now = () => nowMs
  const saved: { readonly name: string; readonly text: string }[] = []
  const copied: string[] = []
  const printed: string[] = []
  let parts = 1000
  const ground: DeskGround = {
    now: () => nowMs,
    digest,
    newQuestionId: () => deskIds.question(700),
    newViewId: () => deskIds.question(800),
    newPartId: () => deskIds.question(++parts),
    every: (_, call) => {
      ticks.push(call)
      return () => ticks.splice(ticks.indexOf(call), 1)
    },
    isVisible: () => isVisible,
    onVisible: (call) => {
      onVisible.add(call)
      return () => onVisible.delete(call)
    },
    saveFile: (name, _, content) => saved.push({ name, text: typeof content === 'string' ? content : new TextDecoder('utf-8', { ignoreBOM: true }).decode(content) }),
    print: () => void printed.push(document.body.textContent ?? ''),
    copyText: async (text) => copied.push(text) > 0,
  }
  const language = await loadLanguage(locale)
  const view = render(<LanguageProvider language={language} timeZone="UTC"><CoordinatorApp device={desk.device} ground={ground} /></LanguageProvider>)
  await screen.findAllByRole('heading', { level: 1 })
  return { user: userEvent.setup(), saved, copied, printed, container: view.container, unmount: view.unmount, /** Lets this time pass and runs everything that is done every so often. */
    tick: (ms = 0) => act(async () => {
      nowMs += ms
      for (const call of [...ticks]) call()
    }),
    look: (next: boolean) => act(async () => {
      isVisible = next
      if (next) onVisible.forEach((call) => call())
    }) }
}
