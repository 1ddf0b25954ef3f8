/**
 * More cells than a page has room for: a million rows of twenty columns. The server takes a tenth of that in one file; a sheet may be larger, because
 * most of it is empty or is not brought in.
 */
export const mostCells = 20_000_000

/** Of a file that would become more: each feature of a map names its properties otherwise, so that all of them together make no table. */
export class TooManyCells extends Error {}
