/** Version 2: bundles that are carried for others, and their bytes. */
export const secondVersion = {
  carried: 'id',
  carriedChunks: '[id+n]',
} as const
