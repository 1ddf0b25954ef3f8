import type { Notes } from './notes.ts'
import type { SimPhone } from './sim-phone.ts'
import type { SimServer } from './sim-server.ts'

/** What is held against the promises: a history of a day, or weeks of a campaign. */
export interface Checked {
  readonly notes: Notes
  readonly server: SimServer
  /** Phones that nobody has lost. */
  readonly living: readonly SimPhone[]
}
