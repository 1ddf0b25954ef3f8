/** Whether what is kept of a table is all of it. */
export interface Wholeness {
  readonly isSure: () => boolean
  /** Something was written, or went wrong, of which nobody can say what. */
  readonly doubt: () => void
  /** All of it is read anew from here; whoever reads meanwhile has to do so as well, because what is kept is what was before. */
  readonly begin: () => WholeReading
}

export interface WholeReading {
  /** False where a later one has come first: that one is kept. What was doubted meanwhile is in doubt afterwards. */
  readonly end: () => boolean
}

/** Readings overlap: a live query begins the next one before the last has come. */
export function createWholeness(): Wholeness {
  let isSure = false
  let [doubts, begun, kept] = [0, 0, 0]
  return {
    isSure: () => isSure,
    doubt: () => {
      isSure = false
      doubts += 1
    },
    begin: () => {
      isSure = false
      begun += 1
      const [own, before] = [begun, doubts]
      return {
        end: () => {
          if (own < kept) return false
          kept = own
          isSure = doubts === before
          return true
        },
      }
    },
  }
}
