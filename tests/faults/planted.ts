/**
 * Each patch of `patches/` breaks one promise in one way that others have broken it; `src/README.md` GR18. Caught by histories
 * (from a seed near which it shows itself; the gate's own histories begin elsewhere each time) or by a test of its own.
 */
export interface PlantedFault {
  readonly patch: string
  readonly caughtBy: { readonly historiesFrom: number } | { readonly file: string; readonly rule: string }
}

export const plantedFaults: readonly PlantedFault[] = [
  // The ten that every design of this kind is tempted by.
  { patch: 'deleted-when-sent', caughtBy: { historiesFrom: 1 } },
  { patch: 'answered-before-the-commit', caughtBy: { historiesFrom: 1 } },
  { patch: 'number-taken-without-the-lock', caughtBy: { file: 'tests/server/store/cursor.test.ts', rule: 'ST29' } },
  { patch: 'nothing-is-a-duplicate', caughtBy: { historiesFrom: 1 } },
  { patch: 'every-answer-is-a-receipt', caughtBy: { historiesFrom: 83 } },
  { patch: 'saved-in-two-transactions', caughtBy: { file: 'tests/device/dying.test.ts', rule: 'DS30' } },
  { patch: 'the-later-clock-wins', caughtBy: { historiesFrom: 8 } },
  { patch: 'cursor-before-its-rows', caughtBy: { file: 'tests/device/dying.test.ts', rule: 'SY50' } },
  { patch: 'no-epoch', caughtBy: { historiesFrom: 33 } },
  { patch: 'nothing-is-queued-again', caughtBy: { historiesFrom: 97 } },
  // What this protocol in particular has to get right.
  { patch: 'duplicates-only-in-the-same-chain', caughtBy: { file: 'tests/device/rotation.test.ts', rule: 'SY2' } },
  { patch: 'an-ended-session-is-the-end', caughtBy: { historiesFrom: 6 } },
  { patch: 'the-carrier-is-the-author', caughtBy: { file: 'tests/server/http/exchange.test.ts', rule: 'SE36' } },
  { patch: 'a-fork-is-refused', caughtBy: { historiesFrom: 83 } },
  { patch: 'restored-as-if-nothing-was-lost', caughtBy: { historiesFrom: 97 } },
  { patch: 'numbers-given-again-after-a-restore', caughtBy: { historiesFrom: 21 } },
  { patch: 'what-became-public-below-the-cursor', caughtBy: { historiesFrom: 2 } },
  { patch: 'poison-blocks-the-queue', caughtBy: { historiesFrom: 64 } },
  { patch: 'the-quarantined-is-never-received', caughtBy: { historiesFrom: 97 } },
  { patch: 'a-file-is-let-go-before-its-receipt', caughtBy: { file: 'tests/device/sync.test.ts', rule: 'SY9' } },
  { patch: 'the-manifest-of-yesterday', caughtBy: { historiesFrom: 1 } },
  { patch: 'erased-words-stay', caughtBy: { historiesFrom: 7 } },
  { patch: 'who-wrote-on-the-erased-is-not-told', caughtBy: { historiesFrom: 9 } },
  { patch: 'a-contested-verdict-counts', caughtBy: { file: 'tests/domain/fold.test.ts', rule: 'DO5' } },
  { patch: 'two-windows-on-one-number', caughtBy: { file: 'tests/device/windows.test.ts', rule: 'DS21' } },
  { patch: 'half-a-photo', caughtBy: { historiesFrom: 1 } },
]
