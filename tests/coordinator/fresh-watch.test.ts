import { expect, it } from 'vitest'
import { createFreshWatch } from '#coordinator/fresh/fresh-watch.ts'
import type { ApiProblem } from '#device/device.ts'
import { fail, ok } from '#domain/result.ts'
import type { FreshResponse } from '#protocol/fresh.ts'
import { deskIds } from '../support/desk-entries.ts'

const [one, other] = [deskIds.entry(1), deskIds.entry(2)]
const answered = (epoch: string, seq: number, touched: FreshResponse['touched'] = []): FreshResponse => ({ epoch, seq, more: false, touched })

/** A watch over what the server says next. */
function watching(first: FreshResponse) {
  let answer = first
  const fresh = createFreshWatch({ fresh: async () => ok(answer) })
  const hear = async (next: FreshResponse): Promise<void> => {
    answer = next
    await fresh.check()
  }
  return { fresh, hear }
}

it('[CO224] after a restore nothing that was read before counts as untouched, and what is read then does', async () => {
  const { fresh, hear } = watching(answered('one', 100))
  await fresh.check()
  const before = fresh.asOf()
  expect([before, fresh.mayBeTouched(one, before)]).toEqual([{ epoch: 'one', seq: 100 }, false])
  await hear(answered('two', 90))
  expect(fresh.mayBeTouched(one, before)).toBe(true)
  const after = fresh.asOf()
  expect(fresh.mayBeTouched(one, after)).toBe(false)
  await hear(answered('two', 95, [{ id: one, seq: 95, row: null }]))
  expect([fresh.mayBeTouched(one, before), fresh.mayBeTouched(one, after), fresh.mayBeTouched(other, after)]).toEqual([true, true, false])
  await hear(answered('two', 120))
  expect(fresh.mayBeTouched(other, before)).toBe(true)
})

it('[CO224] nor where the log of one and the same server has become shorter, or the place in it is not known', async () => {
  const { fresh, hear } = watching(answered('one', 100))
  expect([fresh.asOf(), fresh.mayBeTouched(one, { epoch: 'one', seq: 100 })]).toEqual([null, true])
  await fresh.check()
  const before = fresh.asOf()
  await hear(answered('one', 90))
  expect([fresh.mayBeTouched(one, before), fresh.mayBeTouched(one, null)]).toEqual([true, true])
})

it('[CO303] no answer is the server being away, a refusal is an answer, and each change of it is told once', async () => {
  let problem: ApiProblem | null = { kind: 'unreachable', code: 'no-answer' }
  const fresh = createFreshWatch({ fresh: async () => (problem === null ? ok(answered('one', 1)) : fail(problem)) })
  const told: boolean[] = []
  fresh.isAway.subscribe(() => told.push(fresh.isAway.get() === true))
  await fresh.check()
  await fresh.check()
  problem = { kind: 'refused', code: 'forbidden' }
  await fresh.check()
  problem = { kind: 'offline', code: 'offline' }
  await fresh.check()
  problem = null
  await fresh.check()
  expect(told).toEqual([true, false, true, false])
})

it('[CO780] a page of something on the way is no answer, and is told apart from silence', async () => {
  let problem: ApiProblem = { kind: 'unreachable', code: 'http-403', by: 'between' }
  const fresh = createFreshWatch({ fresh: async () => fail(problem) })
  await fresh.check()
  expect([fresh.isAway.get(), fresh.isBetween.get()]).toEqual([true, true])
  problem = { kind: 'unreachable', code: 'no-answer' }
  await fresh.check()
  expect([fresh.isAway.get(), fresh.isBetween.get()]).toEqual([true, false])
})
