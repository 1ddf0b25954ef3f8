import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeEach, vi } from 'vitest'
import { leftBehind, standing } from './support/left-behind.ts'

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

// Files share their process with others, one after the other (vitest.config.ts): what a file leaves changed fails itself, at once
// and each time, instead of another one that happens to come later. Registered first, this runs behind the file's own hooks.
const before = standing()

afterAll(async () => {
  // A lazy chunk that is still on its way when a file ends is broken for all that come later.
  await vi.dynamicImportSettled()
  const left = [...(vi.isFakeTimers() ? ['timers that stand still'] : []), ...leftBehind(before)]
  if (left.length > 0) throw new Error(`This file leaves behind: ${left.join(', ')}`)
})
