import { expect, it, vi } from 'vitest'
import { leftBehind, standing } from '../support/left-behind.ts'

it('[GR25] a changed global, method of a prototype or variable of the environment is named until it is given back', () => {
  const before = standing()
  expect(leftBehind(before)).toEqual([])

  vi.stubGlobal('Blob', class {})
  vi.stubEnv('TZ', 'UTC')
  // eslint-disable-next-line typescript/unbound-method -- It is put back as it was.
  const real = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = () => {
    throw new Error('never called')
  }
  expect(leftBehind(before)).toEqual(expect.arrayContaining(['Blob', 'process.env.TZ', 'IDBDatabase.prototype.transaction']))

  IDBDatabase.prototype.transaction = real
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  expect(leftBehind(before)).toEqual([])
})
