import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const two = () => [
  aDeskEntry({ number: 1, content: aChallenge({ topic: 'EDU' }), receivedAt: '2026-03-01T07:00:00Z' }),
  aDeskEntry({ number: 2, content: aChallenge({ topic: 'HEA', severity: 5 }), receivedAt: '2026-03-01T08:00:00Z' }),
]
const heading = () => screen.getByRole('heading', { level: 1 })
const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent

describe('the focus of whoever works with the keyboard', () => {
  it('[CO502] a filter that is taken away leaves it at the next one, and the last one at what is listed then', async () => {
    const { user } = await showDesk(fakeDesk({ entries: two() }), '/desk?severity=5&topic=HEA')
    const first = await screen.findByRole('button', { name: /^Remove the filter .*5/ })
    first.focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(focused()).toBe('Remove the filter Health'))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(location.search).toBe(''))
    expect(document.activeElement).toBe(heading())
  })

  it('[CO502] a view that is kept or removed leaves it among the views', async () => {
    const { user } = await showDesk(fakeDesk({ entries: two() }), '/desk?topic=HEA')
    const views = await screen.findByRole('navigation', { name: 'Views' })
    await user.click(await screen.findByRole('button', { name: 'Save this view' }))
    await user.keyboard('Clinics{Enter}')
    await screen.findByRole('button', { name: 'Remove the view Clinics' })
    expect(views.contains(document.activeElement)).toBe(true)
    screen.getByRole('button', { name: 'Remove the view Clinics' }).focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByText('Clinics')).toBeNull())
    expect(views.contains(document.activeElement)).toBe(true)
  })

  it('[CO506] the name of a view that could not be kept stands there still, and the second try is the same view', async () => {
    const desk = fakeDesk({ entries: two() })
    const saved: unknown[] = []
    const { saveView } = desk.device.api
    Object.assign(desk.device.api, { saveView: (view: Parameters<typeof saveView>[0]) => {
      saved.push(view)
      return saved.length === 1 ? Promise.resolve({ ok: false, problem: { kind: 'unreachable', code: 'timeout' } }) : saveView(view)
    } })
    const { user } = await showDesk(desk, '/desk?topic=HEA')
    await user.click(await screen.findByRole('button', { name: 'Save this view' }))
    await user.keyboard('Clinics{Enter}')
    await screen.findByRole('alert')
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of the view' }).value).toBe('Clinics')
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('button', { name: 'Remove the view Clinics' })).toBeTruthy()
    expect(saved[1]).toEqual(saved[0])
  })

  it('[CO502] a decision on several begins at the verdicts, and giving at the people as soon as they are there', async () => {
    const desk = fakeDesk({ entries: two() })
    desk.reviewers = [{ id: deskIds.member(1), name: 'Ruth', toRead: 1 }, { id: deskIds.member(2), name: 'Jean', toRead: 1 }]
    const { user } = await showDesk(desk)
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    await user.keyboard('xb')
    expect(document.activeElement).toBe(within(screen.getByRole('dialog')).getByRole('radio', { name: 'Approve' }))
    await user.keyboard('{Escape}g')
    const ruth = await within(screen.getByRole('dialog')).findByRole('button', { name: /^Ruth/ })
    await waitFor(() => expect(document.activeElement).toBe(ruth))
  })
})
