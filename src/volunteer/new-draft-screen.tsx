import { useState } from 'react'
import type { Membership } from '#device/device.ts'
import type { Kind } from '#domain/entry.ts'
import { BeginDraft } from '#volunteer/begin-draft.tsx'
import type { Beginning } from '#volunteer/begin-draft.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { dayOf } from '#volunteer/ground.ts'
import { firstContent } from '#volunteer/record/first-content.ts'
import { firstStep } from '#volunteer/record/steps.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** Begins a draft and goes to its first step; the address of a shortcut leads here. */
export function NewDraftScreen({ kind, membership }: { readonly kind: Kind; readonly membership: Membership }) {
  const { ground } = useVolunteering()
  const preferences = useWatch(useDevice().preferences)
  const [beginning, setBeginning] = useState<Beginning | null>(null)
  if (beginning === null && preferences !== undefined) setBeginning({ kind, step: firstStep(kind).id, fields: firstContent({ kind, today: dayOf(ground.now()), membership, preferences }) })
  return <BeginDraft beginning={beginning} />
}
