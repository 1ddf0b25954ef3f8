import { afterEach } from 'vitest'
import { joinedPhone } from './phone.ts'
import type { Phone } from './phone.ts'

export interface PhonesOfTests {
  readonly join: (...about: Parameters<typeof joinedPhone>) => Promise<Phone>
  /** One that came about in another way. */
  readonly closeLater: <One extends Pick<Phone, 'device'>>(phone: One) => One
}

/** The phones of the tests of one file: each is closed when its test is over. */
export function phonesOfTests(): PhonesOfTests {
  const phones: Pick<Phone, 'device'>[] = []
  afterEach(() => {
    for (const { device } of phones.splice(0)) device.close()
  })
  const closeLater: PhonesOfTests['closeLater'] = (phone) => {
    phones.push(phone)
    return phone
  }
  return { closeLater, join: async (...about) => closeLater(await joinedPhone(...about)) }
}
