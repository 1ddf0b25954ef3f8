import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach } from 'vitest'
import { lendNativeDialog } from './support/native-dialog.ts'
import { patienceMs } from './support/patience.ts'
import { elementError, keepNoBirthStacks } from './support/unwanted-diagnoses.ts'

lendNativeDialog(HTMLDialogElement)
keepNoBirthStacks()
// A machine that is busy with other things is no fault of a screen.
configure({ asyncUtilTimeout: patienceMs, getElementError: elementError })
afterEach(cleanup)
// The next file finds the page as the first one did.
afterAll(() => {
  for (const part of [document.head, document.body]) part.replaceChildren()
  for (const element of [document.documentElement, document.body]) for (const name of element.getAttributeNames()) element.removeAttribute(name)
  document.title = ''
  localStorage.clear()
  sessionStorage.clear()
  history.replaceState(null, '', '/')
})
