/** Own entries by when they count as saved, those only for which that is not when they were recorded: what was there before needs no new row. */
export const savedOrderVersion = {
  entries: 'id, state.recordedAt, asks, savedAt',
} as const
