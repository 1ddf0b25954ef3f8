import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { lendNativeDialog } from './support/native-dialog.ts'
import { elementError, keepNoBirthStacks } from './support/unwanted-diagnoses.ts'

lendNativeDialog(HTMLDialogElement)
keepNoBirthStacks()
// A machine that is busy with other things is no fault of a screen.
configure({ asyncUtilTimeout: 10_000, getElementError: elementError })
afterEach(cleanup)
