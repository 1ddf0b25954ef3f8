/** How much slower than this machine the phone's one core is, in this group. */
export const slowdown = 6
