/**
 * What the first screen shows is found by index: own entries by when they were recorded, and those of which their author is asked something.
 * Rows of older code lack `asks` until a newer one folds them.
 */
export const firstLookVersion = {
  entries: 'id, state.recordedAt, asks',
} as const
