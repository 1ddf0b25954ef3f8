import { expect, it } from 'vitest'
import type { LocalEntry } from '#device/device.ts'
import type { FirstLook } from '#device/first-look.ts'
import { badgeQuestions, badgingOf } from '#app/badge.ts'
import { createValue } from '#app/value.ts'

const entryWith = (answered: readonly boolean[]): LocalEntry => ({ state: { review: 'hasIssues', questions: answered.map((isAnswered) => ({ answeredBy: isAnswered ? 'a' : null, settled: false })) } }) as unknown as LocalEntry

it('[AP41] the icon carries the number of open questions, and nothing once they are answered', () => {
  const marks: (number | 'clear')[] = []
  const look = createValue<FirstLook | undefined>(undefined)
  const entries = { set: (asking: readonly LocalEntry[]) => look.set({ newest: asking, asking, begun: [], all: null }) }
  badgeQuestions({ firstLook: look as never }, { set: (count) => Promise.resolve(void marks.push(count)), clear: () => Promise.resolve(void marks.push('clear')) })
  entries.set([entryWith([false, false]), entryWith([true])])
  entries.set([entryWith([false, false]), entryWith([true]), entryWith([])])
  entries.set([entryWith([true, false])])
  entries.set([entryWith([true, true])])
  expect(marks).toEqual([2, 1, 'clear'])
})

it('[AP41] a browser without badges, or one that refuses, is left alone', async () => {
  expect(badgingOf({})).toBeNull()
  const firstLook = createValue<FirstLook>({ newest: [], asking: [entryWith([false])], begun: [], all: null })
  badgeQuestions({ firstLook }, null)
  badgeQuestions({ firstLook }, { set: () => Promise.reject(new Error('not installed')), clear: () => Promise.resolve() })
  await Promise.resolve()
})
