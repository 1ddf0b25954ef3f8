import { useState } from 'react'
import { Redirect } from 'wouter'
import type { Membership } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { BeginDraft } from '#volunteer/begin-draft.tsx'
import type { Beginning } from '#volunteer/begin-draft.tsx'
import { useDevice, useEntry, useWatch } from '#volunteer/device-context.tsx'
import { updatedContent } from '#volunteer/record/first-content.ts'
import { hasFinePlace } from '#volunteer/record/place-precision.ts'
import { firstStepOfUpdate } from '#volunteer/record/steps.ts'
import { useToday } from '#volunteer/use-today.ts'

/** Begins an entry that tells what has changed since an own one, and goes to where something may have changed. */
export function UpdateScreen({ id, membership }: { readonly id: EntryId; readonly membership: Membership }) {
  const today = useToday()
  const preferences = useWatch(useDevice().preferences)
  const entry = useEntry(id)
  const [beginning, setBeginning] = useState<Beginning | null>(null)
  if (beginning === null && preferences !== undefined && today.isSure && entry !== undefined && entry !== null) {
    const { kind, content } = entry.state
    setBeginning({ kind, updateOf: id, step: firstStepOfUpdate(kind).id, fields: updatedContent({ kind, today: today.day, membership, preferences }, content), ...(hasFinePlace(content) ? {} : { placePrecision: 'region' as const }) })
  }
  if (entry === null) return <Redirect to={`/entry/${encodeURIComponent(id)}`} replace />
  return <BeginDraft beginning={beginning} />
}
