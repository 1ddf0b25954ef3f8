import { afterAll, vi } from 'vitest'
import { leftBehind, standing } from './support/left-behind.ts'

// Files share their process with others, one after the other (vitest.config.ts): what a file leaves changed fails itself, at once
// and each time, instead of another one that happens to come later. Registered first, this runs behind the file's own hooks.
const before = standing()

afterAll(async () => {
  // A lazy chunk that is still on its way when a file ends is broken for all that come later.
  await vi.dynamicImportSettled()
  const left = [...(vi.isFakeTimers() ? ['timers that stand still'] : []), ...leftBehind(before)]
  if (left.length > 0) throw new Error(`This file leaves behind: ${left.join(', ')}`)
})
