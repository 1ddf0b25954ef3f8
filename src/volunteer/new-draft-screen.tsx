import { useState } from 'react'
import type { Membership } from '#device/device.ts'
import type { Kind } from '#domain/entry.ts'
import { BeginDraft } from '#volunteer/begin-draft.tsx'
import type { Beginning } from '#volunteer/begin-draft.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { firstContent } from '#volunteer/record/first-content.ts'
import { firstStep } from '#volunteer/record/steps.ts'
import { useToday } from '#volunteer/use-today.ts'

/** Begins a draft and goes to its first step; the address of a shortcut leads here. */
export function NewDraftScreen({ kind, membership }: { readonly kind: Kind; readonly membership: Membership }) {
  const today = useToday()
  const preferences = useWatch(useDevice().preferences)
  const [beginning, setBeginning] = useState<Beginning | null>(null)
  if (beginning === null && preferences !== undefined && today.isSure) setBeginning({ kind, step: firstStep(kind).id, fields: firstContent({ kind, today: today.day, membership, preferences }) })
  return <BeginDraft beginning={beginning} />
}
