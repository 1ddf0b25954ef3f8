import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import type { DeskStep } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const entry = (number: number, steps: readonly DeskStep[] = []) => aDeskEntry({ number, content: aChallenge({ placeName: 'Kajulu' }), receivedAt: `2026-03-01T0${number}:00:00Z`, steps })
const revised = (number: number) => entry(number, [{ type: 'revise', by: number + 10, body: { set: { description: 'Quite other words than those that were read.' }, unset: [], answers: [] } }])
const formOf = async (number: number) => within(await screen.findByRole('form', { name: `Decision on C-00000${number}` }))
const isChosen = (form: Awaited<ReturnType<typeof formOf>>, name: string) => form.getByRole<HTMLInputElement>('radio', { name }).checked
const approveNow = 'a{Control>}{Enter}{/Control}'
const leaveField = () => (document.activeElement as HTMLElement).blur()

async function shown() {
  const desk = fakeDesk({ entries: [entry(1), entry(2)] })
  const view = await showDesk(desk)
  await formOf(1)
  return { desk, ...view }
}

describe('what was chosen and written of an entry', () => {
  it('[CO222] stands there again after a look at the next one, in the pane and on its page', async () => {
    const { user } = await shown()
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'A long reason.')
    leaveField()
    await user.keyboard('j')
    const next = await formOf(2)
    expect(next.getAllByRole<HTMLInputElement>('radio').filter(({ checked }) => checked)).toEqual([])
    await user.keyboard('k')
    const form = await formOf(1)
    expect(isChosen(form, 'Reject…')).toBe(true)
    expect(form.getByRole<HTMLInputElement>('textbox').value).toBe('A long reason.')
    await user.click(screen.getByRole('link', { name: 'Open the whole entry' }))
    expect((await formOf(1)).getByRole<HTMLInputElement>('textbox').value).toBe('A long reason.')
  })

  it('[CO222] [CO3] on words that the author has written since, the words stay and no verdict is chosen', async () => {
    const { desk, user, tick } = await shown()
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'A long reason.')
    leaveField()
    await user.keyboard('j')
    await formOf(2)
    desk.entries = [revised(1), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(15_000)
    await user.keyboard('k')
    const form = await formOf(1)
    expect(await screen.findByText('Quite other words than those that were read.')).toBeTruthy()
    expect(isChosen(form, 'Reject…')).toBe(false)
    await user.click(form.getByRole('radio', { name: 'Reject…' }))
    expect(form.getByRole<HTMLInputElement>('textbox').value).toBe('A long reason.')
  })

  it('[CO222] [CO3] a verdict that was taken back is not chosen on words that the author has written since', async () => {
    const { desk, user, tick } = await shown()
    await user.keyboard(approveNow)
    await formOf(2)
    await user.keyboard('z')
    await screen.findByText('C-000001: taken back. Nothing was sent.')
    desk.entries = [revised(1), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(60_000)
    await user.keyboard('k')
    const form = await formOf(1)
    expect(await screen.findByText('Quite other words than those that were read.')).toBeTruthy()
    expect(isChosen(form, 'Approve')).toBe(false)
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(desk.held()).toEqual([])
  })

  it('[CO222] is gone once it was decided', async () => {
    const { desk, user, tick } = await shown()
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'A long reason.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await formOf(2)
    await tick(8_000)
    await waitFor(() => expect(desk.sent).toHaveLength(1))
    act(() => history.pushState(null, '', `/desk/entry/${deskIds.entry(1)}`))
    await user.click(await screen.findByRole('button', { name: 'Read it as it stands now' }))
    const form = await formOf(1)
    await user.click(form.getByRole('radio', { name: 'Reject…' }))
    expect(form.getByRole<HTMLInputElement>('textbox').value).toBe('')
  })

  it('[CO222] what was written since a decision was stopped is not replaced by what that one said', async () => {
    const { desk, user, tick } = await shown()
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'The first reason.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await formOf(2)
    desk.entries = [revised(1), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(8_000)
    await screen.findByText('C-000001: not sent. The entry changed after you read it. Yours was: not used.')
    leaveField()
    await user.keyboard('k')
    await user.click((await formOf(1)).getByRole('radio', { name: 'Reject…' }))
    await user.type((await formOf(1)).getByRole('textbox'), 'Another reason.')
    await user.click(screen.getByRole('button', { name: 'Leave it at that' }))
    await waitFor(() => expect(desk.held()).toEqual([]))
    expect((await formOf(1)).getByRole<HTMLInputElement>('textbox').value).toBe('Another reason.')
  })
})
