/** Leases on unfinished uploads, and one on the backup of this store, seen by every process on this store. Times are milliseconds of the callers' clocks. */
export interface UploadLockStore {
  /** False while another owner's lease lasts; with `ask` that owner learns that somebody waits. */
  readonly take: (lease: { readonly id: string; readonly owner: string; readonly now: number; readonly expiresAt: number; readonly ask: boolean }) => Promise<boolean>
  /** `lost`: another owner has it, or nobody. */
  readonly renew: (lease: { readonly id: string; readonly owner: string; readonly expiresAt: number }) => Promise<'held' | 'wanted' | 'lost'>
  /** Nothing when it is another owner's. */
  readonly drop: (lease: { readonly id: string; readonly owner: string }) => Promise<void>
}
