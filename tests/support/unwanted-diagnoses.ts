import { prettyDOM } from '@testing-library/dom'
import React from 'react'

/*
 * What React and testing-library prepare for a message that nobody will read unless a test fails. Together they took a third of
 * the time of the screens' tests (measured with a profile of tests/volunteer/whole-form and tests/coordinator/review).
 */

/** React notes the stack of each element's birth, for warnings, and stops at ten thousand a second: it is told that it is there already. */
export function keepNoBirthStacks(): void {
  const internals: unknown = Reflect.get(React, '__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE')
  if (typeof internals !== 'object' || internals === null || !('recentlyCreatedOwnerStacks' in internals)) throw new Error('React counts the stacks of its elements elsewhere now: see whether this is still needed')
  Object.defineProperty(internals, 'recentlyCreatedOwnerStacks', { get: () => 10_000, set() {} })
}

/** A search that finds nothing draws the whole page into its message; one that waits does so at each look. Here it is drawn when the message is read. */
export function elementError(message: string | null, container: Element): Error {
  const error = new Error(message ?? '')
  error.name = 'TestingLibraryElementError'
  let text: string | null = null
  Object.defineProperty(error, 'message', { get: () => (text ??= `${message ?? ''}\n\n${String(prettyDOM(container as HTMLElement))}`), configurable: true })
  return error
}
