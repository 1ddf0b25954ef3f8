const key = 'terrain-campaign'
/** The one that every browser had when there was but one. */
const firstDatabase = 'terrain'

/**
 * The database that this window opens: its own choice, which outlives a reload; a new window begins with the campaign that was looked at
 * last. It holds on to that, or another window's switch would lead it elsewhere at its next reload.
 */
export function chosenDatabase(): string {
  let chosen = firstDatabase
  try {
    chosen = sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? chosen
    sessionStorage.setItem(key, chosen)
  } catch {
    // Where such storage is not allowed, or is full, there is the first campaign at least.
  }
  return chosen
}

/** This window goes on in another campaign, at an address of it: with everything anew, so that nothing of the one before is left in it. */
export function openCampaign(database: string, path: string): void {
  sessionStorage.setItem(key, database)
  rememberCampaign()
  history.replaceState(null, '', path)
  location.reload()
}

/** What new windows begin with: the campaign of the window that somebody looks at. */
export function rememberCampaign(): void {
  try {
    localStorage.setItem(key, sessionStorage.getItem(key) ?? firstDatabase)
  } catch {
    // They begin with the one before.
  }
}
