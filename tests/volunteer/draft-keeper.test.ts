import { expect, test } from 'vitest'
import type { Draft } from '#device/device.ts'
import { fail, ok } from '#domain/result.ts'
import { createAdditions } from '#volunteer/photos/additions.ts'
import { createDraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { typingDelayMs } from '#volunteer/record/journal.ts'
import { virtualTime } from '../support/test-ground.ts'

type Patch = Parameters<Parameters<typeof createDraftKeeper>[0]['writeDraft']>[1]

const draft = { id: 'a-draft', kind: 'challenge', content: { kind: 'challenge' }, step: 'topic', answers: [], startedAt: '', updatedAt: '' } as unknown as Draft

function keeping({ isFull = () => false }: { readonly isFull?: () => boolean } = {}) {
  const time = virtualTime()
  const patches: Patch[] = []
  const keeper = createDraftKeeper({
    readDraft: () => Promise.resolve(draft),
    writeDraft: (_id, patch) => {
      patches.push(patch)
      return Promise.resolve(isFull() ? fail({ kind: 'storage-full' }) : ok(null))
    },
    saveDraft: (id) => Promise.resolve(ok(id)),
    captionPhoto: () => Promise.resolve(ok(null)),
    keepLate: () => Promise.reject(new Error('nothing was late')),
  }, draft, { after: time.after, additions: createAdditions() })
  return { keeper, patches, time }
}

test('[VO5] a choice is written at once', () => {
  const { keeper, patches } = keeping()
  keeper.choose({ topic: 'WSH' })
  expect(patches).toEqual([{ fields: { topic: 'WSH' } }])
  expect(keeper.get().draft.content).toEqual({ kind: 'challenge', topic: 'WSH' })
})

test('[VO5] typing without a pause is written after 400 ms at the latest', () => {
  const { keeper, patches, time } = keeping()
  keeper.type('description', 'T')
  time.advance(typingDelayMs - 100)
  keeper.type('description', 'Th')
  expect(patches).toEqual([])
  time.advance(100)
  expect(patches).toEqual([{ fields: { description: 'Th' } }])
})

test('[VO5] a choice, a step and leaving take what is being typed along, in order', async () => {
  const { keeper, patches } = keeping()
  keeper.type('description', 'The well')
  keeper.choose({ topic: 'WSH' })
  expect(patches).toEqual([{ fields: { description: 'The well' } }, { fields: { topic: 'WSH' } }])
  keeper.type('description', 'The well is')
  keeper.go('source')
  keeper.type('description', 'The well is dry')
  await keeper.flush()
  expect(patches.slice(2)).toEqual([{ fields: { description: 'The well is dry' }, step: 'source', focus: null }])
})

test('[VO304] a step is written behind the frame that shows it, and neither the step nor the end of its write draws anything anew', async () => {
  const { keeper, patches, time } = keeping()
  let drawings = 0
  keeper.subscribe(() => (drawings += 1))
  keeper.go('source')
  expect([patches, keeper.get().draft.step]).toEqual([[], 'source'])
  time.advance(100)
  expect(patches).toEqual([{ fields: {}, step: 'source', focus: null }])
  await keeper.flush()
  keeper.go('source')
  expect([patches.length, time.waiting(), drawings]).toEqual([1, 0, 0])
})

test('[VO5] what a full phone refused goes with the next write, and stays on the screen', async () => {
  let full = true
  const { keeper, patches } = keeping({ isFull: () => full })
  keeper.type('description', 'The well is dry')
  await keeper.flush()
  expect(keeper.get().problem).toEqual({ kind: 'storage-full' })
  expect(keeper.get().draft.content.description).toBe('The well is dry')
  full = false
  keeper.choose({ topic: 'WSH' })
  expect(Object.assign({}, ...patches.slice(-2).map(({ fields }) => fields))).toEqual({ description: 'The well is dry', topic: 'WSH' })
  await keeper.flush()
  expect(keeper.get().problem).toBeNull()
})

test('[VO7] a save that cannot write the last words does not save without them', async () => {
  const { keeper } = keeping({ isFull: () => true })
  keeper.type('description', 'The well is dry')
  expect(await keeper.save()).toEqual(fail({ kind: 'storage-full' }))
})

test('[VO80] the field with the caret is written like typing, once, and is left with its screen', () => {
  const { keeper, patches, time } = keeping()
  keeper.focus('description')
  keeper.focus('description')
  keeper.type('description', 'The well')
  time.advance(typingDelayMs)
  expect(patches).toEqual([{ focus: 'description', fields: { description: 'The well' } }])
  keeper.go('source')
  time.advance(typingDelayMs)
  expect(patches.at(-1)).toEqual({ fields: {}, step: 'source', focus: null })
})

/** A store that answers when the test says so, in the order of the writes or in another. */
function answering() {
  const time = virtualTime()
  const stored: Record<string, unknown> = {}
  const open: { readonly patch: Patch; readonly answer: (result: Awaited<ReturnType<Parameters<typeof createDraftKeeper>[0]['writeDraft']>>) => void }[] = []
  const keeper = createDraftKeeper({
    readDraft: () => Promise.resolve(draft),
    writeDraft: (_id, patch) => new Promise((answer) => open.push({ patch, answer })),
    saveDraft: (id) => Promise.resolve(ok(id)),
    captionPhoto: () => Promise.resolve(ok(null)),
    keepLate: () => Promise.reject(new Error('nothing was late')),
  }, draft, { after: time.after, additions: createAdditions() })
  const end = async (isWritten: boolean, at = 0): Promise<void> => {
    const [one] = open.splice(at, 1)
    if (one === undefined) throw new Error('no write is open')
    if (isWritten) Object.assign(stored, one.patch.fields)
    one.answer(isWritten ? ok(null) : fail({ kind: 'storage-full' }))
    await settled()
  }
  keeper.type('description', 'The well')
  time.advance(typingDelayMs)
  keeper.type('description', 'The well is dry')
  void keeper.flush()
  expect(open).toHaveLength(2)
  return { keeper, open, stored, end }
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

test.each([
  ['both are refused, in their order', [[false, 0], [false, 0]]],
  ['both are refused, the later one first', [[false, 1], [false, 0]]],
  ['the earlier one is refused, the later one written', [[false, 0], [true, 0]]],
  ['the later one is written before the earlier one is refused', [[true, 1], [false, 0]]],
] as const)('[VO5] of two overlapping writes of one text the newer one is what stays: %s', async (_, ends) => {
  const { keeper, stored, end } = answering()
  for (const [isWritten, at] of ends) await end(isWritten, at)
  expect(keeper.get().problem).toEqual({ kind: 'storage-full' })
  const saving = keeper.save()
  await settled()
  await end(true)
  expect((await saving).ok).toBe(true)
  expect(stored['description']).toBe('The well is dry')
  expect(keeper.get()).toMatchObject({ problem: null, isDirty: false })
})

test('[VO5] flushing waits for all writes that are open, and tells that the earlier of them was refused', async () => {
  const { keeper, end } = answering()
  const flushed = keeper.flush()
  await end(true, 1)
  await end(false)
  expect(await flushed).toEqual(fail({ kind: 'storage-full' }))
})

const noDraft = fail({ kind: 'storage-failed', name: 'no-draft' } as const)

/** Another window has saved the draft: it is gone here, and no write brings it back. */
function savedElsewhere(late: Awaited<ReturnType<Parameters<typeof createDraftKeeper>[0]['keepLate']>> = noDraft) {
  const patches: Patch[] = []
  const kept: (readonly [Draft['content'], Readonly<Record<string, unknown>>])[] = []
  const keeper = createDraftKeeper({
    readDraft: () => Promise.resolve(null),
    writeDraft: (_id, patch) => {
      patches.push(patch)
      return Promise.resolve(noDraft)
    },
    saveDraft: (id) => Promise.resolve(ok(id)),
    captionPhoto: () => Promise.resolve(noDraft),
    keepLate: ({ content }, fields) => {
      kept.push([content, fields])
      return Promise.resolve(late)
    },
  }, draft, { after: virtualTime().after, additions: createAdditions() })
  return { keeper, patches, kept }
}

test('[VO301] where another window has saved the draft, saving is the same entry and writes nothing', async () => {
  const { keeper, patches } = savedElsewhere()
  expect(await keeper.save(() => ({ consentPhoto: undefined }))).toEqual(ok('a-draft'))
  expect(patches).toEqual([])
})

test('[VO301] words that the entry does not have are not called saved', async () => {
  const { keeper } = savedElsewhere()
  keeper.type('description', 'The well is dry')
  expect(await keeper.save(() => ({}))).toEqual(noDraft)
})

test('[VO340] words for a draft that another window has saved are kept on its entry, and a save does not call them saved', async () => {
  const { keeper, kept } = savedElsewhere(ok('entry'))
  keeper.type('description', 'The well is dry')
  keeper.choose({ noneListed: true, consentPhoto: true, adm1Code: 'HT01' })
  expect(await keeper.save(() => ({}))).toEqual(ok(null))
  expect(keeper.get()).toMatchObject({ isGone: true, late: 'entry', problem: null, isDirty: false })
  // What no line of the entry shows could neither be taken over nor given up there.
  expect(kept.map(([, fields]) => fields)).toEqual([{ description: 'The well is dry' }, { adm1Code: 'HT01' }])
})

test('[VO340] words for one that was thrown away make it a draft again, whole; after it was thrown away here nothing does', async () => {
  const { keeper, kept } = savedElsewhere(ok('draft'))
  keeper.type('description', 'The well is dry')
  expect(await keeper.flush()).toEqual(ok(null))
  expect(keeper.get()).toMatchObject({ isGone: false, late: 'draft', problem: null })
  expect(kept).toEqual([[{ kind: 'challenge', description: 'The well is dry' }, { description: 'The well is dry' }]])
  keeper.type('description', 'The well is dry again')
  keeper.drop()
  expect(await keeper.flush()).toEqual(ok(null))
  expect(kept).toHaveLength(1)
})

test('[VO313] of a draft that another window has saved a place or a caret is missed by nobody, and words are', async () => {
  const { keeper } = savedElsewhere()
  keeper.go('review')
  keeper.focus('quote')
  expect(await keeper.flush()).toEqual(ok(null))
  expect(keeper.get()).toMatchObject({ isGone: true, problem: null, isDirty: false })
  keeper.choose({ topic: 'WSH' })
  keeper.go('consent')
  expect(await keeper.flush()).toEqual(noDraft)
  expect(keeper.get()).toMatchObject({ isGone: true, problem: noDraft.problem })
})

test('[VO315] what another window has written stands here too, and never over what is being written here', async () => {
  let stored: Draft = draft
  const time = virtualTime()
  const keeper = createDraftKeeper({
    readDraft: () => Promise.resolve(stored),
    writeDraft: (_id, { fields }) => {
      stored = { ...stored, content: { ...stored.content, ...fields } }
      return Promise.resolve(ok(null))
    },
    saveDraft: (id) => Promise.resolve(ok(id)),
    captionPhoto: () => Promise.resolve(ok(null)),
    keepLate: () => Promise.reject(new Error('nothing was late')),
  }, draft, { after: time.after, additions: createAdditions() })
  stored = { ...stored, step: 'words', content: { ...stored.content, topic: 'WSH' }, answers: [{ to: 'c' as never, coverage: 'unknown' }] }
  await keeper.takeStored()
  expect(keeper.get().draft).toMatchObject({ step: 'topic', content: { topic: 'WSH' }, answers: [{ to: 'c' }] })
  // Typed while it is read: it stays, and the next look finds both.
  const looking = keeper.takeStored()
  await Promise.resolve()
  keeper.type('description', 'The well')
  stored = { ...stored, content: { ...stored.content, severity: 3 } }
  await looking
  expect(keeper.get().draft.content).toMatchObject({ topic: 'WSH', description: 'The well' })
  // Nothing is taken while something waits here to be written.
  await keeper.takeStored()
  expect(keeper.get().draft.content).not.toHaveProperty('severity')
  await keeper.flush()
  await keeper.takeStored()
  expect(keeper.get().draft.content).toMatchObject({ topic: 'WSH', description: 'The well', severity: 3 })
})

test('[VO299] who leaves while the last words are written has not saved', async () => {
  const { keeper } = keeping()
  let isLeft = false
  const saving = keeper.save(() => {
    isLeft = true
    return {}
  }, () => isLeft)
  expect(await saving).toEqual(ok(null))
})
