import * as v from 'valibot'

/**
 * Every check of this program ends at the first thing that does not fit. To gather them all takes some kilobytes for each: two megabytes of
 * brackets, which anybody may send, would stop everybody for seconds and take more memory than a process has.
 */
export function parseEarly(): void {
  v.setGlobalConfig({ abortEarly: true })
}
