import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import { lendNativeDialog } from './support/native-dialog.ts'

lendNativeDialog(HTMLDialogElement)
afterEach(cleanup)
