/** A route for whatever stands in an address. One without a pattern stops at a line break, and a screen of nothing would be left. */
export const anyAddress = /^/
