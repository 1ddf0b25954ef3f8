import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'
import { lendNativeDialog } from './support/native-dialog.ts'

lendNativeDialog(HTMLDialogElement)
// The first screen of a file is read and translated first, which on a busy machine takes more than the library's one second.
configure({ asyncUtilTimeout: 10_000 })
afterEach(cleanup)
