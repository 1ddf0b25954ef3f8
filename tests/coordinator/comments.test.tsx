import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { ok } from '#domain/result.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const entry = aDeskEntry({ number: 1, content: aChallenge() })

describe('a comment at the desk', () => {
  it('[CO223] a comment is made once by two quick presses, and the same words can be said again later', async () => {
    const desk = fakeDesk({ entries: [entry] })
    const { commentAs } = desk.device
    let keep: () => void = () => undefined
    const isKept = new Promise<void>((resolve) => {
      keep = resolve
    })
    Object.assign(desk.device, { commentAs: async (...args: Parameters<typeof commentAs>) => {
      await commentAs(...args)
      await isKept
      return ok(deskIds.change(900 + desk.comments.length))
    } })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Write a comment' })
    await user.type(field, 'Thank you.')
    await user.dblClick(screen.getByRole('button', { name: 'Add comment' }))
    keep()
    await waitFor(() => expect(field.value).toBe(''))
    expect(desk.comments).toHaveLength(1)
    await user.type(field, 'Thank you.')
    await user.click(screen.getByRole('button', { name: 'Add comment' }))
    await waitFor(() => expect(desk.comments).toHaveLength(2))
  })

  it('[CO276] a comment is said to be kept here until it has gone out', async () => {
    const desk = fakeDesk({ entries: [entry] })
    desk.isOutboxStuck = true
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    await user.type(await screen.findByRole('textbox', { name: 'Write a comment' }), 'Thank you.')
    await user.click(screen.getByRole('button', { name: 'Add comment' }))
    await screen.findByText('Kept here; it goes out with the next connection.')
    desk.setSync({ pendingChanges: 0 })
    expect(await screen.findByText('Sent.')).toBeTruthy()
    expect(screen.queryByText('Kept here; it goes out with the next connection.')).toBeNull()
  })

  it('[CO223] a comment that could not be kept is tried again by another press', async () => {
    const desk = fakeDesk({ entries: [entry] })
    desk.saveProblem = { kind: 'storage-full' }
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    await user.type(await screen.findByRole('textbox', { name: 'Write a comment' }), 'Thank you.')
    const send = screen.getByRole('button', { name: 'Add comment' })
    await user.click(send)
    await waitFor(() => expect(desk.comments).toHaveLength(1))
    desk.saveProblem = null
    await user.click(send)
    await waitFor(() => expect(desk.comments).toHaveLength(2))
  })

  it('[CO223] it is in the language in which it was begun, whatever the desk speaks when it is sent', async () => {
    const desk = fakeDesk({ entries: [entry] })
    const langs: string[] = []
    const { commentAs } = desk.device
    Object.assign(desk.device, { commentAs: async (...args: Parameters<typeof commentAs>) => {
      langs.push(args[3])
      await commentAs(...args)
      return ok(deskIds.change(900 + langs.length))
    } })
    const english = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    await english.user.type(await screen.findByRole('textbox', { name: 'Write a comment' }), 'Thank you.')
    english.unmount()
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`, 'ar')
    await user.type(await screen.findByRole('textbox', { name: 'اكتب تعليقًا' }), ' Indeed.')
    await user.click(screen.getByRole('button', { name: 'إضافة التعليق' }))
    await waitFor(() => expect(desk.comments.map(({ text }) => text)).toEqual(['Thank you. Indeed.']))
    await user.type(screen.getByRole('textbox', { name: 'اكتب تعليقًا' }), 'شكرًا')
    await user.click(screen.getByRole('button', { name: 'إضافة التعليق' }))
    await waitFor(() => expect(langs).toEqual(['en', 'ar']))
  })
})
