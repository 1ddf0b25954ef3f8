/** As much of PouchDB as the bench uses; it brings no types of its own. */
export interface PouchConstructor {
  new (name: string): Pouch
  readonly defaults: (options: { readonly prefix: string }) => PouchConstructor
}

export interface Pouch {
  readonly bulkDocs: (docs: readonly object[]) => Promise<unknown>
  readonly info: () => Promise<{ readonly doc_count: number }>
  readonly replicate: { readonly to: (url: string) => Promise<{ readonly docs_written: number }>; readonly from: (url: string) => Promise<{ readonly docs_written: number }> }
}
