import { expect, it } from 'vitest'
import { RecentPages } from '#server/report/recent-pages.ts'

it('[SE186] a page is made again as soon as anything that it depends on has changed, and few are kept', async () => {
  const pages = new RecentPages<string>()
  const made: string[] = []
  const ask = (key: string, stamp: string) => pages.get(key, stamp, () => {
    made.push(`${key} ${stamp}`)
    return Promise.resolve(`${key} of ${stamp}`)
  })
  expect([await ask('a', '1'), await ask('a', '1'), await ask('a', '2'), await ask('a', '1')]).toEqual(['a of 1', 'a of 1', 'a of 2', 'a of 1'])
  expect(made).toEqual(['a 1', 'a 2', 'a 1'])
  for (let n = 0; n < 20; n += 1) await ask(`b${n}`, '1')
  await ask('b19', '1')
  expect(made).toHaveLength(23)
  await ask('a', '1')
  expect(made).toHaveLength(24)
})
