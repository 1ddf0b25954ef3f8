import 'fake-indexeddb/auto'
import { afterEach, beforeEach } from 'vitest'

// React, Dexie and the DOM report misuse on console.error and go on. Here it fails the test that caused it.
// A test that expects such a message puts its own spy in place.
const reported: unknown[][] = []
const remember = (...message: unknown[]): void => {
  reported.push(message)
}
const consoleError = console.error

beforeEach(() => {
  reported.length = 0
  console.error = remember
})

afterEach(() => {
  console.error = consoleError
  const [first] = reported
  if (first !== undefined) throw new Error(`console.error: ${first.map(String).join(' ')}`)
})
