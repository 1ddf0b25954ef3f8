import { describe, expect, it } from 'vitest'
import { RecentPages } from '#server/http/recent-pages.ts'

describe('pages that were asked for lately', () => {
  it('[SE186] a page is made again as soon as anything that it depends on has changed, and few are kept', async () => {
    const pages = new RecentPages<string>(20)
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

  it('[SE329] who asks while it is being made waits for that one, and what failed is tried again', async () => {
    const pages = new RecentPages<string>(20)
    const making: PromiseWithResolvers<string>[] = []
    const ask = () => pages.get('a', '1', () => {
      const one = Promise.withResolvers<string>()
      making.push(one)
      return one.promise
    })
    const crowd = [ask(), ask(), ask()]
    making[0]?.reject(new Error('the storage is away'))
    expect((await Promise.allSettled(crowd)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    const again = [ask(), ask()]
    making[1]?.resolve('made')
    expect(await Promise.all(again)).toEqual(['made', 'made'])
    expect(making).toHaveLength(2)
  })
})
