import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const entry = (number: number) => aDeskEntry({ number, content: aChallenge({ lang: 'ht', description: `Pa gen dlo nan katye a, ${number}.` }), receivedAt: `2026-03-01T0${number}:00:00Z` })
const formOf = (ref: string) => screen.findByRole('form', { name: `Decision on ${ref}` })
const label = 'Translation into English'

describe('words that were begun at an entry', () => {
  it('[CO262] a translation stands in its form again after a look at the next entry, until it is kept or given up', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { user } = await showDesk(desk)
    await formOf('C-000001')
    await user.click(screen.getByRole('button', { name: 'Write a translation' }))
    await user.type(screen.getByRole('textbox', { name: label }), 'There is no water')
    await user.click(screen.getByRole('link', { name: /Pa gen dlo nan katye a, 2/ }))
    await formOf('C-000002')
    expect(screen.queryByRole('textbox', { name: label })).toBeNull()
    await user.click(screen.getByRole('link', { name: /Pa gen dlo nan katye a, 1/ }))
    await formOf('C-000001')
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: label }).value).toBe('There is no water')
    await user.click(screen.getByRole('radio', { name: 'A person' }))
    await user.click(screen.getByRole('button', { name: 'Lay it beside the original' }))
    await waitFor(() => expect(desk.corrected).toMatchObject([{ set: { descriptionEn: { text: 'There is no water' } } }]))
    await user.click(screen.getByRole('link', { name: /Pa gen dlo nan katye a, 2/ }))
    await formOf('C-000002')
    await user.click(screen.getByRole('link', { name: /Pa gen dlo nan katye a, 1/ }))
    await formOf('C-000001')
    expect(screen.queryByRole('textbox', { name: label })).toBeNull()
  })

  it('[CO262] a correction of a field stands in its form again, until it is given up', async () => {
    const desk = fakeDesk({ entries: [entry(1)] })
    const open = () => showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const first = await open()
    await first.user.click(await screen.findByRole('button', { name: 'Correct: Severity' }))
    await first.user.selectOptions(screen.getByRole('combobox', { name: 'Severity, corrected' }), '5')
    first.unmount()
    const again = await open()
    expect((await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Severity, corrected' })).value).toBe('5')
    await again.user.click(screen.getByRole('button', { name: 'Cancel' }))
    again.unmount()
    await open()
    expect(await screen.findByRole('button', { name: 'Correct: Severity' })).toBeTruthy()
    expect(screen.queryByRole('combobox', { name: 'Severity, corrected' })).toBeNull()
  })

  it('[CO262] a comment stands in its field again after another page of the desk, and is gone from it once it was sent', async () => {
    const desk = fakeDesk({ entries: [entry(1)] })
    const open = () => showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const first = await open()
    const field = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Write a comment' })
    await first.user.type(await field(), 'Ask the school')
    first.unmount()
    const again = await open()
    expect((await field()).value).toBe('Ask the school')
    await again.user.click(screen.getByRole('button', { name: 'Add comment' }))
    await waitFor(() => expect(desk.comments).toHaveLength(1))
    again.unmount()
    await open()
    expect((await field()).value).toBe('')
  })
})
