import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { editorFor } from '#coordinator/review/field-editor.ts'
import { controls } from '#volunteer/fields/field-controls.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import type { DeskEntryPlan } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

async function show(plan: Omit<DeskEntryPlan, 'number'>) {
  const entry = aDeskEntry({ number: 1, ...plan })
  const desk = fakeDesk({ entries: [entry] })
  const shown = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
  await screen.findByRole('heading', { name: 'Links' })
  return { ...shown, desk, head: entry.changes.at(-1)?.change.id }
}

/** Opens the correction of a field and gives what it is typed into. */
async function correcting(user: Awaited<ReturnType<typeof show>>['user'], field: string) {
  const row = document.querySelector<HTMLElement>(`[data-field="${field}"]`) ?? document.body
  await user.click(within(row).getByRole('button', { name: /^Correct: / }))
  return within(row).getByRole<HTMLTextAreaElement>('textbox')
}

const french = aChallenge({ lang: 'fr', description: 'Le puits du marché est à sec depuis deux semaines.' })

describe('what a coordinator lays beside the author’s words', () => {
  it('[CO157] a translation is written beside its original, says who made it, and asks for that before it is kept', async () => {
    const { user, desk, head } = await show({ content: french })
    await user.click(screen.getByRole('button', { name: 'Write a translation' }))
    await user.type(screen.getByRole('textbox', { name: 'Translation into English' }), 'The well at the market has been dry for two weeks.')
    await user.click(screen.getByRole('button', { name: 'Lay it beside the original' }))
    expect(screen.getByText('Choose one: readers must know.')).toBeTruthy()
    expect(desk.corrected).toEqual([])
    await user.click(screen.getByRole('radio', { name: 'A machine' }))
    await user.click(screen.getByRole('button', { name: 'Lay it beside the original' }))
    await waitFor(() => expect(desk.corrected).toEqual([{ entry: deskIds.entry(1), base: head, set: { descriptionEn: { text: 'The well at the market has been dry for two weeks.', translator: 'machine' } } }]))
    expect(screen.getByText('Le puits du marché est à sec depuis deux semaines.')).toBeTruthy()
  })

  it('[CO347] the focus goes back to the field whose form was given up or kept, and to the words from a translation that was given up', async () => {
    const { user, desk } = await show({ content: french })
    const isAt = (where: string) => waitFor(() => expect([where, document.activeElement?.closest(where) !== null]).toEqual([where, true]))
    const press = async (name: string) => {
      screen.getByRole('button', { name }).focus()
      await user.keyboard('{Enter}')
    }
    await press('Write a translation')
    await press('Cancel')
    await isAt('section[aria-label]')
    await press('Correct: Place')
    await press('Cancel')
    await isAt('[data-field="placeName"]')
    await user.type(await correcting(user, 'placeName'), ' 2')
    await press('Lay it beside the answer')
    await waitFor(() => expect(desk.corrected).toHaveLength(1))
    await isAt('[data-field="placeName"]')
  })

  it('[CO922] a form that is opened with the keyboard is written in at once: no letter of it chooses a verdict', async () => {
    const { user } = await show({ content: french })
    for (const [name, label] of [['Correct: Place', 'Place, corrected'], ['Write a translation', 'Translation into English'], ['Correct: Severity', 'Severity, corrected']] as const) {
      screen.getByRole('button', { name }).focus()
      await user.keyboard('{Enter}')
      expect([name, document.activeElement === screen.getByLabelText(label)]).toEqual([name, true])
      await user.keyboard('rat')
      expect(screen.queryByRole('textbox', { name: 'Why it is not used' })).toBeNull()
    }
  })

  it('[CO157] a machine’s translation is called so; words that are English are offered none', async () => {
    await show({ content: french, steps: [{ type: 'correct', by: 1, body: { set: { descriptionEn: { text: 'The well is dry.', translator: 'machine' } }, unset: [] } }] })
    expect(screen.getByText('Machine translation, laid here by Ruth').closest('figure')?.textContent).toContain('The well is dry.')
    expect(screen.getByRole('button', { name: 'Change the translation' })).toBeTruthy()
  })

  it('[CO923] a translation that nobody has changed is not laid there again: it stays that of who wrote it', async () => {
    const { user, desk } = await show({ content: french, steps: [{ type: 'correct', by: 1, body: { set: { descriptionEn: { text: 'The well is dry.', translator: 'human' } }, unset: [] } }] })
    await user.click(screen.getByRole('button', { name: 'Change the translation' }))
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(desk.corrected).toEqual([])
    await user.type(screen.getByRole('textbox', { name: 'Translation into English' }), ' It was full.')
    await user.click(screen.getByRole('button', { name: 'Lay it beside the original' }))
    await waitFor(() => expect(desk.corrected.map(({ set }) => set)).toEqual([{ descriptionEn: { text: 'The well is dry. It was full.', translator: 'human' } }]))
  })

  it('[CO169] words that were written anew after their translation stand without it, and the next one begins from it', async () => {
    const { user } = await show({ content: french, steps: [{ type: 'correct', by: 1, body: { set: { descriptionEn: { text: 'The well is dry.', translator: 'human' } }, unset: [] } }, { type: 'revise', by: 0, body: { set: { description: 'Le puits est réparé.' }, unset: [], answers: [] } }] })
    expect(screen.queryByText('The well is dry.')).toBeNull()
    expect(screen.getByText(/written anew after they were translated/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Write a translation' }))
    expect(screen.getByRole('textbox', { name: 'Translation into English' })).toHaveProperty('value', 'The well is dry.')
  })

  it.each([
    ['topic', 'HEA', 'WSH', 'Health'], ['description', 'The bridge is gone since the storm.', 'The bridge was swept away.', 'The bridge is gone since the storm.'],
  ])('[CO212] a correction and an author’s edit of %s that were unaware of each other stand side by side, with who wrote which, and a person chooses', async (field, corrected, edited, shown) => {
    const { user, desk } = await show({ content: aChallenge(), author: 'Marie', steps: [
      { type: 'correct', by: 1, body: { set: { [field]: corrected }, unset: [] } }, { type: 'revise', by: 11, isUnaware: true, body: { set: { [field]: edited }, unset: [], answers: [] } },
    ] })
    const note = (await screen.findByText('Two values, written unaware of each other')).closest('aside, section, div')
    expect(note).not.toBeNull()
    const choice = screen.getByRole('radio', { name: new RegExp(`${shown}.*Ruth`) })
    expect(screen.getAllByRole('radio', { name: /written/ })).toHaveLength(2)
    await user.click(choice)
    await user.click(screen.getByRole('button', { name: 'This one counts' }))
    await waitFor(() => expect(desk.corrected).toEqual([{ entry: deskIds.entry(1), base: deskIds.change(102), set: { [field]: corrected } }]))
  })

  it('[CO213] what is pasted and has no room is left out whole, and that is said; typing stops where it is full', async () => {
    const { user } = await show({ content: french })
    await user.click(screen.getByRole('button', { name: 'Write a translation' }))
    const words = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Translation into English' })
    await user.click(words())
    await user.paste('a'.repeat(3990))
    await user.paste('b'.repeat(12))
    expect(words().value).toBe('a'.repeat(3990))
    expect(screen.getByText('What you pasted is 2 characters too long. Nothing of it was put in.')).toBeTruthy()
    await user.paste('c'.repeat(10))
    expect([words().value.length, screen.queryByText(/Nothing of it was put in/)]).toEqual([4000, null])
    words().setSelectionRange(0, 3990)
    await user.paste('d'.repeat(3990))
    expect(words().value).toBe('d'.repeat(3990) + 'c'.repeat(10))
  })

  it('[CO213] so is a question to the author, and a reason', async () => {
    const { user } = await show({ content: aChallenge() })
    await user.click(screen.getByRole('radio', { name: /Reject/ }))
    await user.click(screen.getByRole('textbox', { name: 'Why it is not used' }))
    await user.paste('z'.repeat(501))
    expect(screen.getByText('What you pasted is 1 character too long. Nothing of it was put in.')).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Why it is not used' }).value).toBe('')
  })

  it('[CO232] what its author took back and somebody opened again says that nothing uses it until they write on it', async () => {
    const steps = (...more: DeskEntryPlan['steps'] & object) => [{ type: 'withdraw' as const, by: 11, body: {} }, { type: 'decide' as const, by: 1, body: { revision: deskIds.change(100), contentHash: 'a'.repeat(64) as never, verdict: 'reopen' as const, questions: [] } }, ...more]
    await show({ content: aChallenge(), steps: steps() })
    expect(screen.getByText('Its author took it back')).toBeTruthy()
  })

  it('[CO157] none is offered for what is written in English', async () => {
    await show({ content: aChallenge() })
    expect(screen.queryByRole('button', { name: 'Write a translation' })).toBeNull()
  })

  it('[CO158] a field is corrected by what it holds, and the author’s answer stays beside it', async () => {
    const { user, desk, head } = await show({ content: aChallenge({ severity: 3 }) })
    await user.click(screen.getByRole('button', { name: 'Correct: Severity' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Severity, corrected' }), '5')
    await user.click(screen.getByRole('button', { name: 'Lay it beside the answer' }))
    await waitFor(() => expect(desk.corrected).toEqual([{ entry: deskIds.entry(1), base: head, set: { severity: 5 } }]))
  })

  it('[CO158] the name of a region that is chosen from the list is asked about, one in words of its own is corrected', async () => {
    await show({ content: aChallenge({ adm1Code: 'HT01', adm1Name: 'Ouest' }) })
    expect(screen.queryByRole('button', { name: 'Correct: Region' })).toBeNull()
    cleanup()
    await show({ content: aChallenge({ adm1Name: 'Ouest' }) })
    expect(screen.getByRole('button', { name: 'Correct: Region' })).toBeTruthy()
  })

  it('[CO158] what cannot stand in a field is not kept, and several answers are several', async () => {
    const { user, desk } = await show({ content: aChallenge() })
    await user.click(screen.getByRole('button', { name: 'Correct: Who' }))
    await user.click(screen.getByRole('checkbox', { name: 'General population' }))
    await user.click(screen.getByRole('button', { name: 'Lay it beside the answer' }))
    expect(screen.getByText('This cannot stand in this field.')).toBeTruthy()
    expect(desk.corrected).toEqual([])
    const group = within(screen.getByRole('group', { name: /^Who, corrected/ }))
    await user.click(group.getAllByRole('checkbox')[2] ?? document.body)
    await user.click(group.getAllByRole('checkbox')[1] ?? document.body)
    await user.click(screen.getByRole('button', { name: 'Lay it beside the answer' }))
    await waitFor(() => expect(desk.corrected.map(({ set }) => set)).toEqual([{ populationGroup: ['IDP', 'HST'] }]))
  })

  it('[CO184] a text is corrected with the line breaks that its author wrote', async () => {
    const consequenceText = 'Two hours to the river, each way:\n\n- children miss school\n- the sick are not washed'
    const { user, desk } = await show({ content: aChallenge({ consequenceText }) })
    const text = await correcting(user, 'consequenceText')
    expect(text.value).toBe(consequenceText)
    await user.type(text, '.')
    await user.click(screen.getByRole('button', { name: 'Lay it beside the answer' }))
    await waitFor(() => expect(desk.corrected.map(({ set }) => set)).toEqual([{ consequenceText: `${consequenceText}.` }]))
  })

  it('[CO184] a line that came with a line break, as imported ones may, keeps it too', async () => {
    const { user, desk } = await show({ content: aChallenge({ placeName: 'Croix-des-Bouquets\nMarché' }) })
    await user.click(screen.getByRole('button', { name: 'Correct: Place' }))
    await user.type(screen.getByRole('textbox', { name: 'Place, corrected' }), ' central')
    await user.click(screen.getByRole('button', { name: 'Lay it beside the answer' }))
    await waitFor(() => expect(desk.corrected.map(({ set }) => set)).toEqual([{ placeName: 'Croix-des-Bouquets\nMarché central' }]))
  })

  it.each(Object.entries(controls).flatMap(([field, control]) => (control.kind === 'words' ? [[field] as const] : [])))('[CO184] %s may hold line breaks on the phone, so it may here', (field) => {
    expect(editorFor(field, 'one line', { code: () => '', codesOf: () => [] })).toEqual({ kind: 'words' })
  })

  it('[CO185] a text that is too long is kept as it was pasted, and told by how much', async () => {
    const { user, desk } = await show({ content: aChallenge({ consequenceText: 'Two hours to the river.' }) })
    const text = await correcting(user, 'consequenceText')
    await user.clear(text)
    await user.click(text)
    await user.paste('a'.repeat(512))
    expect(text.value).toHaveLength(512)
    await user.click(screen.getByRole('button', { name: 'Lay it beside the answer' }))
    expect(screen.getByText('12 characters too many.')).toBeTruthy()
    expect(desk.corrected).toEqual([])
  })

  it('[CO158] consent, country and codes of areas are asked about, not corrected', async () => {
    await show({ content: aChallenge({ adm1Code: 'HT01' }) })
    const correctable = screen.getAllByRole('button', { name: /^Correct: / }).map((button) => button.getAttribute('aria-label'))
    expect(correctable).toContain('Correct: Place')
    expect(correctable.filter((name) => /Consent|Country|code/i.test(name ?? ''))).toEqual([])
  })

  it('[CO158] without a connection the correction is kept here and says so', async () => {
    const { user, desk } = await show({ content: aChallenge() })
    desk.isOutboxStuck = true
    await user.click(screen.getByRole('button', { name: 'Correct: Place' }))
    const place = screen.getByRole('textbox', { name: 'Place, corrected' })
    await user.clear(place)
    await user.type(place, 'Croix-des-Missions')
    await user.click(screen.getByRole('button', { name: 'Lay it beside the answer' }))
    expect(await screen.findByText('Kept here; it goes out with the next connection.')).toBeTruthy()
    expect(desk.corrected[0]?.set).toEqual({ placeName: 'Croix-des-Missions' })
  })
})
