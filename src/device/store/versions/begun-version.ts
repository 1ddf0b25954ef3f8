/** What authors have begun to change on saved entries: a table more, so that older code, which would take such a row for a new entry, never sees one. */
export const begunVersion = {
  begun: 'entryId',
} as const
