/** Reads every object store of this origin as it is: no code of ours stands between. Runs in a page. */
async function everything(): Promise<readonly { readonly store: string; readonly row: Readonly<Record<string, unknown>> }[]> {
  const found: { readonly store: string; readonly row: Readonly<Record<string, unknown>> }[] = []
  for (const { name } of await indexedDB.databases()) {
    const db = await settled(indexedDB.open(name ?? ''))
    for (const store of db.objectStoreNames) {
      const rows = (await settled(db.transaction(store).objectStore(store).getAll())) as readonly Readonly<Record<string, unknown>>[]
      found.push(...rows.map((row) => ({ store, row })))
    }
    db.close()
  }
  return found
}

/** The files with their bytes. */
export async function files(): Promise<readonly { readonly sha256: string; readonly role: string; readonly type: string; readonly base64: string }[]> {
  const rows = await everything()
  return rows.filter(({ store }) => store === 'files').map(({ row: { sha256, role, type } }) => {
    const chunks = rows.filter(({ store, row }) => store === 'fileChunks' && row['sha256'] === sha256).toSorted((a, b) => Number(a.row['n']) - Number(b.row['n']))
    return { sha256: String(sha256), role: String(role), type: String(type), base64: btoa(chunks.map(({ row }) => latin1(row['data'] as ArrayBuffer)).join('')) }
  })
}

/** In how many rows of any store these bytes occur. */
export async function countOf(base64: string): Promise<number> {
  const wanted = atob(base64)
  return (await everything()).filter(({ row }) => Object.values(row).some((value) => (value instanceof ArrayBuffer ? latin1(value) : typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).includes(wanted))).length
}

function latin1(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => String.fromCharCode(byte)).join('')
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason')))
  })
}
