import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { foldEntry } from '#domain/fold.ts'
import { changeFrom } from '#domain/change.ts'
import { hashContent } from '#protocol/chain.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds, someHash } from '../support/desk-entries.ts'
import { digest, fakeDesk, showDesk } from './show-desk.tsx'

const one = (about: Partial<Parameters<typeof aDeskEntry>[0]> = {}) => aDeskEntry({ number: 1, content: aChallenge({ affectedMin: 40 }), ...about })
const two = () => [one(), aDeskEntry({ number: 2, content: aChallenge({ description: 'The well has been dry for two weeks.' }), receivedAt: '2026-03-01T09:00:00Z' })]
const asked = { type: 'decide', by: 1, body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'askBack', questions: [{ id: deskIds.question(1), field: 'affectedMin', text: 'Children or families?' }] } } as const
const answered = { type: 'revise', by: 11, body: { set: { affectedMin: 160 }, unset: [], answers: [deskIds.question(1)] } } as const

const path = `/desk/entry/${deskIds.entry(1)}`
const bar = async () => within(await screen.findByRole('form', { name: 'Decision on C-000001' }))
const decideButton = async () => (await bar()).getByRole('button', { name: 'Decide' })
const isOff = (button: HTMLElement) => button.getAttribute('aria-disabled') === 'true'

describe('deciding', () => {
  it('[CO3] nothing is chosen and "Decide" is off until something is; then one press decides', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk, path)
    const form = await bar()
    expect(form.getAllByRole('radio').some((radio) => (radio as HTMLInputElement).checked)).toBe(false)
    expect(isOff(await decideButton())).toBe(true)
    await user.click(await decideButton())
    expect(desk.decisions).toEqual([])
    await user.click(form.getByRole('radio', { name: 'Approve' }))
    expect(isOff(await decideButton())).toBe(false)
    await user.click(await decideButton())
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
  })

  it('[CO5] a decision carries revision, base and the hash of what was read', async () => {
    const entry = one({ steps: [asked, answered, { type: 'comment', by: 1, body: { text: 'Thank you.', lang: 'en' } }] })
    const desk = fakeDesk({ entries: [entry] })
    const { user } = await showDesk(desk, path)
    await user.click((await bar()).getByRole('radio', { name: 'Approve' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Source' }), 'B')
    await user.click(await decideButton())
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
    const folded = foldEntry(entry.changes.flatMap((item) => {
      const change = changeFrom(item.change)
      return change === null ? [] : [{ ...item, change, quarantined: false }]
    }))
    if (folded === null) throw new Error('no entry')
    expect(desk.decisions[0]).toEqual({
      entryId: deskIds.entry(1),
      ref: 'C-000001',
      asOf: { epoch: 'one', seq: 1 },
      base: deskIds.change(103),
      body: { revision: deskIds.change(102), contentHash: await hashContent(folded, digest), verdict: 'approve', questions: [], grades: { reliability: 'B' } },
    })
  })

  it('[CO4] asking back needs a question, which stands at its field', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk, path)
    await user.click((await bar()).getByRole('radio', { name: 'Ask back' }))
    expect(isOff(await decideButton())).toBe(true)
    expect((await bar()).getByText('Put at least one question: the ? beside a field.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Ask about Affected, at least' }))
    await user.type(screen.getByRole('textbox', { name: 'Question on this field' }), 'Children or families?')
    await user.click(await decideButton())
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
    expect(desk.decisions[0]?.body).toMatchObject({ verdict: 'askBack', questions: [{ id: deskIds.question(700), field: 'affectedMin', text: 'Children or families?' }] })
  })

  it.each([['left', /^Awa has no phone left in this campaign: nobody gets this question/], ['table', /^This entry came with a table: nobody gets this question/]] as const)('[CO510] who asks something that nobody would get is told so while they write it: %s', async (unreachable, told) => {
    const { user } = await showDesk(fakeDesk({ entries: [{ ...one({ author: 'Awa' }), unreachable }] }), path)
    const handle = await screen.findByRole('button', { name: 'Ask about Topic' })
    expect(screen.queryByText(told)).toBeNull()
    await user.click(handle)
    expect(screen.getByText(told)).toBeTruthy()
  })

  it('[CO4] rejecting needs a reason, and a written question is not dropped', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk, path)
    await user.click(await screen.findByRole('button', { name: 'Ask about Topic' }))
    await user.type(screen.getByRole('textbox', { name: 'Question on this field' }), 'Which one?')
    await user.click((await bar()).getByRole('radio', { name: 'Reject…' }))
    expect((await bar()).getByText('Say why: the author reads it.')).toBeTruthy()
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'The place is missing.')
    expect(isOff(await decideButton())).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Take the question away' }))
    await user.click(await decideButton())
    await waitFor(() => expect(desk.decisions[0]?.body).toMatchObject({ verdict: 'reject', reason: 'The place is missing.', questions: [] }))
  })

  it('[CO6] while the hashes differ nobody can decide', async () => {
    const desk = fakeDesk({ entries: two() })
    desk.wrongHash = true
    const { user } = await showDesk(desk, path)
    await user.click((await bar()).getByRole('radio', { name: 'Approve' }))
    await user.click(await decideButton())
    expect(isOff(await decideButton())).toBe(true)
    expect(desk.decisions).toEqual([])
    expect(screen.getByRole('alert').textContent).toContain('differ')
  })

  it('[CO742] an entry that its author takes back while it is read says so, also where somebody had decided on it before', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk, path)
    await user.click((await bar()).getByRole('radio', { name: 'Approve' }))
    desk.entries = [one({ steps: [{ type: 'decide', by: 2, body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'approve', questions: [] } }, { type: 'withdraw', by: 11, body: {} }] })]
    desk.touch(deskIds.entry(1))
    await tick()
    expect((await screen.findByRole('alert')).textContent).toContain('The author took this entry back while you read it.')
    await user.click(await decideButton())
    expect(desk.decisions).toEqual([])
  })

  it('[CO7] [CO744] an entry that moved on is not decided, which its button says; it can be read as it stands now', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk, path)
    await user.click((await bar()).getByRole('radio', { name: 'Approve' }))
    desk.entries = [one({ steps: [{ type: 'revise', by: 11, body: { set: { affectedMin: 41 }, unset: [], answers: [] } }] })]
    desk.touch(deskIds.entry(1))
    await tick()
    expect((await screen.findByRole('alert')).textContent).toContain('The author changed this entry while you read it.')
    expect(screen.getByText('It has gone on since: read it as it stands now.').id).toBe((await decideButton()).getAttribute('aria-describedby'))
    expect(screen.queryByText(/^Ready/)).toBeNull()
    await user.click(await decideButton())
    expect(desk.decisions).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Read it as it stands now' }))
    expect(await screen.findAllByText('41')).toBeTruthy()
    expect(isOff(await decideButton())).toBe(true)
  })

  it('[CO7] a colleague who decided meanwhile is named', async () => {
    const desk = fakeDesk({ entries: two() })
    const { tick } = await showDesk(desk, path)
    await bar()
    desk.entries = [one({ steps: [{ type: 'decide', by: 2, body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'approve', questions: [] } }] })]
    desk.touch(deskIds.entry(1))
    await tick()
    expect((await screen.findByRole('alert')).textContent).toContain('Jean decided meanwhile: approved.')
  })

  it('[CO8] a decision is sent only when the outbox is empty, and kept here before', async () => {
    const desk = fakeDesk({ entries: two() })
    desk.isOutboxStuck = true
    const { user, tick } = await showDesk(desk, path)
    await user.click((await bar()).getByRole('radio', { name: 'Approve' }))
    await user.click(await decideButton())
    await screen.findByText('C-000001: approved. Not sent yet.')
    await tick(8_000)
    expect(await screen.findByText('C-000001: approved. Kept here; it goes out with the next connection.')).toBeTruthy()
    desk.setSync({ pendingChanges: 0 })
    expect(await screen.findByText('C-000001: approved. Sent.')).toBeTruthy()
  })

  it('[CO8] a device that is full says that nothing was kept or sent', async () => {
    const desk = fakeDesk({ entries: two() })
    desk.saveProblem = { kind: 'storage-full' }
    const { user } = await showDesk(desk, path)
    await user.click((await bar()).getByRole('radio', { name: 'Approve' }))
    await user.click(await decideButton())
    expect((await screen.findByRole('alert')).textContent).toContain('This device is full')
  })

  it('[CO9] the keys choose, question and decide; a letter in a field is text', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk)
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    await user.keyboard('f')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Place' }))
    await user.keyboard('a place, near the square?')
    expect((await bar()).queryByRole('radio', { name: 'Approve', checked: true })).toBeNull()
    await user.click(document.body)
    await user.keyboard('q')
    expect(desk.decisions).toEqual([])
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions[0]?.body).toMatchObject({ verdict: 'askBack', questions: [{ field: 'placeName', text: 'a place, near the square?' }] }))
  })

  it('[CO882] Q asks for the field where nothing is asked yet, so that what is typed next is the question and no key', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk)
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    await user.keyboard('q')
    await screen.findByRole('dialog', { name: 'Which field?' })
    // Whoever does not look up writes on: what begins no name of a field is a question about the words, and no letter of it is lost.
    await user.keyboard('And are there more?')
    expect((await bar()).getByRole('radio', { name: 'Ask back' })).toHaveProperty('checked', true)
    await user.click(document.body)
    await user.keyboard('q')
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions[0]?.body).toMatchObject({ verdict: 'askBack', questions: [{ field: 'description', text: 'And are there more?' }] }))
  })

  it('[CO965] in the choice of a field arrows walk, and the first letters of a name lead to it', async () => {
    const { user } = await showDesk(fakeDesk({ entries: two() }))
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    await user.keyboard('q')
    await screen.findByRole('dialog', { name: 'Which field?' })
    const at = () => document.activeElement?.textContent
    await user.keyboard('{ArrowDown}')
    expect(at()).toBe('Topic')
    await user.keyboard('da')
    expect(at()).toBe('Date')
    await user.keyboard('{Enter}On which day?')
    expect(screen.getByDisplayValue('On which day?').dataset['asks']).toBe('observedOn')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('C-000001: asked back. Not sent yet.')
  })

  it('[CO883] on a window without room for the entry beside the list no key decides on it unseen: a letter opens it', async () => {
    const narrow = document.createElement('style')
    narrow.textContent = '[data-pane] { display: none }'
    document.head.append(narrow)
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk)
    await screen.findByRole('link', { name: /The well/ })
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(window.location.pathname).toBe('/desk')
    await user.keyboard('a')
    narrow.remove()
    expect(window.location.pathname).toBe(path)
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(desk.decisions).toEqual([])
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    await user.keyboard('a{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions[0]).toMatchObject({ entryId: deskIds.entry(1), body: { verdict: 'approve' } }))
  })

  it('[CO884] a question and a reason that were begun take no focus from whoever walks to their entry: J and K stay keys', async () => {
    const { user } = await showDesk(fakeDesk({ entries: two() }))
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    await user.keyboard('r')
    await user.keyboard('Not here')
    await user.click(document.body)
    await user.keyboard('f')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Place' }))
    await user.keyboard('Where?')
    await user.click(document.body)
    await user.keyboard('j')
    await screen.findByRole('form', { name: 'Decision on C-000002' })
    await user.keyboard('k')
    expect(((await bar()).getByRole('textbox', { name: 'Why it is not used' }) as HTMLInputElement).value).toBe('Not here')
    await user.keyboard('j')
    expect(await screen.findByRole('form', { name: 'Decision on C-000002' })).toBeTruthy()
    await user.keyboard('k')
    await bar()
    const begun = () => [...document.querySelectorAll<HTMLInputElement>('[data-pane] input[maxlength]')].map(({ value }) => value).toSorted()
    expect(begun()).toEqual(['Not here', 'Where?'])
    // The key of a verdict leads to what is written for it.
    await user.keyboard('r')
    await user.keyboard(' any more')
    await user.click(document.body)
    await user.keyboard('q')
    await user.keyboard(' Near a road?')
    expect(begun()).toEqual(['Where? Near a road?'])
    await user.click(document.body)
    await user.keyboard('r')
    expect(begun()).toEqual(['Not here any more', 'Where? Near a road?'])
    // So does the choice of a field that is asked about already.
    await user.click(document.body)
    await user.keyboard('f')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Place' }))
    await user.keyboard(' Far?')
    await user.click(document.body)
    await user.click(screen.getByRole('button', { name: 'Ask about Place' }))
    await user.keyboard(' Really?')
    expect(begun()).toEqual(['Not here any more', 'Where? Near a road? Far? Really?'])
  })

  it('[CO10] after a decision the next entry is shown, and the decided one leaves the list when it was sent', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    await user.keyboard('a{Control>}{Enter}{/Control}')
    expect(await screen.findByRole('form', { name: 'Decision on C-000002' })).toBeTruthy()
    await tick(8_000)
    await waitFor(() => expect(within(screen.getByRole('main', { name: 'Queue' })).queryByText('C-000001')).toBeNull())
  })

  it('[CO3] a decided entry offers only to open it again', async () => {
    const rejected = one({ steps: [{ type: 'decide', by: 2, body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'reject', reason: 'Twice.', questions: [] } }] })
    await showDesk(fakeDesk({ entries: [rejected] }), path)
    expect((await bar()).getAllByRole('radio').map((radio) => radio.getAttribute('value'))).toEqual(['reopen'])
  })
})

describe('reading', () => {
  it('[CO11] an answered question stands at its field with before and after', async () => {
    const { container } = await showDesk(fakeDesk({ entries: [one({ steps: [asked, answered] })] }), path)
    await screen.findByText('Children or families?')
    const field = container.querySelector('[data-field="affectedMin"]')
    expect(field?.textContent).toContain('Children or families?')
    expect(field?.querySelector('del')?.textContent).toBe('40')
    expect(field?.querySelector('ins')?.textContent).toBe('160')
  })

  it('[CO18] a field of a newer app is shown as it was stored', async () => {
    const content = { ...aChallenge(), weather: { sky: 'grey' } }
    await showDesk(fakeDesk({ entries: [one({ content })] }), path)
    expect(await screen.findByText('{"sky":"grey"}')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Ask about weather' })).toBeTruthy()
  })

  it('[CO11] the author, the days without connection and the words at risk stand on the page', async () => {
    await showDesk(fakeDesk({ entries: [one({ author: 'Marie', organisation: 'Fanm Vanyan', warnings: ['personal-phone'] })] }), path)
    expect(await screen.findByText(/Marie · Fanm Vanyan · .* from a phone that was 2 days without connection/)).toBeTruthy()
    expect(screen.getByText('Read before you approve: a phone number.')).toBeTruthy()
  })

  it('[CO961] an entry that a table brought was recorded on no phone, and none was without connection for it', async () => {
    await showDesk(fakeDesk({ entries: [{ ...one(), unreachable: 'table' }] }), path)
    expect(await screen.findByText(/ · seen .*, brought in with a table /)).toBeTruthy()
    expect(screen.queryByText(/recorded|without connection/)).toBeNull()
  })

  it('[CO45] a voice note is heard where it stands for the words, and that it is never published is said', async () => {
    const sha256 = 'ab'.repeat(32) as never
    const { description: _, ...silent } = aChallenge({ audio: { sha256, bytes: 4000, type: 'audio/webm', seconds: 12.4 } })
    const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
    vi.spyOn(HTMLMediaElement.prototype, 'pause').mockReturnValue()
    const { user, container } = await showDesk(fakeDesk({ entries: [one({ content: silent })] }), path)
    await user.click(await screen.findByRole('button', { name: 'Play the voice note' }))
    expect([play.mock.calls.length, container.querySelector('audio')?.getAttribute('src')]).toEqual([1, `/api/v1/files/${'ab'.repeat(32)}`])
    expect(screen.getByText('Voice note, 12 seconds')).toBeTruthy()
    expect(screen.getByText(/it is never published/)).toBeTruthy()
    expect(screen.getByText('0:12')).toBeTruthy()
  })

  it('[CO45] one that is still on the author’s phone says so', async () => {
    const sha256 = 'ab'.repeat(32)
    const { description: _, ...silent } = aChallenge({ audio: { sha256: sha256 as never, bytes: 4000, type: 'audio/webm', seconds: 12 } })
    await showDesk(fakeDesk({ entries: [one({ content: silent })], onPhone: [sha256] }), path)
    expect(await screen.findByText('The voice note is still on the author’s phone.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Play the voice note' })).toBeNull()
  })

  describe('what a voice note says', () => {
    const audio = { sha256: 'ab'.repeat(32) as never, bytes: 4000, type: 'audio/webm' as const, seconds: 12 }
    const { description: _, ...silent } = aChallenge({ audio })

    it('[CO46] is written down beside its player, how it was written with it, and travels as a correction on what was read', async () => {
      const desk = fakeDesk({ entries: [one({ content: silent })] })
      const { user } = await showDesk(desk, path)
      await user.click(await screen.findByRole('button', { name: 'Write down what is said' }))
      const text = screen.getByRole('textbox', { name: /^What the voice says, in / })
      await user.type(text, 'Too short')
      await user.click(screen.getByRole('button', { name: 'Lay it beside the voice' }))
      expect(screen.getByText('Write at least ten characters.')).toBeTruthy()
      expect(desk.corrected).toEqual([])
      await user.clear(text)
      await user.type(text, 'The pump broke on Monday.')
      await user.click(screen.getByRole('radio', { name: 'The meaning, in short' }))
      await user.click(screen.getByRole('button', { name: 'Lay it beside the voice' }))
      await waitFor(() => expect(desk.corrected).toEqual([{ entry: deskIds.entry(1), base: deskIds.change(100), set: { description: 'The pump broke on Monday.', descriptionMethod: 'summary' } }]))
    })

    it('[CO46] without a connection it is kept here and said to be, and is not asked for twice', async () => {
      const desk = fakeDesk({ entries: [one({ content: silent })] })
      desk.isOutboxStuck = true
      const { user } = await showDesk(desk, path)
      await user.click(await screen.findByRole('button', { name: 'Write down what is said' }))
      await user.type(screen.getByRole('textbox', { name: /^What the voice says, in / }), 'The pump broke on Monday.')
      await user.click(screen.getByRole('button', { name: 'Lay it beside the voice' }))
      expect(await screen.findByText('Kept here; it goes out with the next connection.')).toBeTruthy()
      expect(screen.queryByRole('button', { name: 'Write down what is said' })).toBeNull()
    })

    it('[CO47] stands with who wrote it and how, as theirs, and can be changed', async () => {
      const written = { type: 'correct', by: 1, body: { set: { description: 'The pump broke on Monday.', descriptionMethod: 'verbatim' }, unset: [] } } as const
      await showDesk(fakeDesk({ entries: [one({ content: silent, steps: [written] })] }), path)
      const figure = within((await screen.findByText('Written down word for word by Ruth')).closest('figure') ?? document.body)
      expect(figure.getByText('The pump broke on Monday.')).toBeTruthy()
      expect(figure.getByText(/These are the coordinator’s words/)).toBeTruthy()
      expect(screen.queryByText('Settled by Ruth')).toBeNull()
      expect(screen.getByRole('button', { name: 'Change what is written' })).toBeTruthy()
    })

    it('[CO47] is not offered where the author wrote a description', async () => {
      await showDesk(fakeDesk({ entries: [one({ content: aChallenge({ audio }) })] }), path)
      expect(await screen.findByRole('button', { name: 'Play the voice note' })).toBeTruthy()
      expect(screen.queryByRole('button', { name: 'Write down what is said' })).toBeNull()
    })
  })

  it('[CO8] a comment is written on what was read and sent like every change', async () => {
    const desk = fakeDesk({ entries: [one()] })
    const { user } = await showDesk(desk, path)
    await user.type(await screen.findByRole('textbox', { name: 'Write a comment' }), 'Thank you.')
    await user.click(screen.getByRole('button', { name: 'Add comment' }))
    await waitFor(() => expect(desk.comments).toEqual([{ entry: deskIds.entry(1), base: deskIds.change(100), text: 'Thank you.' }]))
    expect(await screen.findByText('Sent.')).toBeTruthy()
  })

  it('[CO17] an entry that the server does not know says so', async () => {
    await showDesk(fakeDesk({ entries: [] }), path)
    expect((await screen.findByRole('alert')).textContent).toContain('The server does not know this entry.')
  })
})
