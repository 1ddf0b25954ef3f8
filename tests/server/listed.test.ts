import { expect, it } from 'vitest'
import type { Citation, WrittenPart } from '#domain/written-report.ts'
import { listedOf } from '#server/report/listed.ts'

const citationOf = (n: number) => ({ entryId: `e${n}`, revision: `r${n}`, contentHash: 'h' }) as unknown as Citation
const all = Array.from({ length: 10 }, (_, n) => ({ citation: citationOf(n), n }))
const part = (about: Partial<Pick<WrittenPart, 'quotes' | 'photos' | 'against'>>) => ({ sentences: [], quotes: [], against: [], ...about }) as unknown as WrittenPart

it('[SE190] what may be cited is listed newest first up to a number, and whatever is cited already stands in it, however old: the editor would else call it gone', () => {
  const written = [part({ quotes: [citationOf(8)] }), part({ photos: [{ ...citationOf(9), photo: 'p' as never }] }), part({})]
  const { listed, older } = listedOf(all, { most: 3, written })
  expect(listed.map(({ n }) => n)).toEqual([0, 1, 2, 8, 9])
  expect(older).toBe(5)
  expect(listedOf(all, { most: 10, written })).toEqual({ listed: all, older: 0 })
  expect(listedOf(all, { most: 3, written: [part({ quotes: [citationOf(1)] })] }).listed.map(({ n }) => n)).toEqual([0, 1, 2, 3])
})
