/**
 * The date and hour that stand on the device's own clock at an instant, as if they were UTC's. A formatter keeps the zone in which it was made, and
 * an app that stays open travels with its phone.
 */
export function hereInUtc(instant: number | string): Date {
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000)
}

/** `YYYY-MM-DD` of an instant by the device's own clock: what its person calls today, and what their files are named by. */
export function dayHere(instant: number | string): string {
  return hereInUtc(instant).toISOString().slice(0, 10)
}
