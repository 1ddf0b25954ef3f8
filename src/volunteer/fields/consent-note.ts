import { useDevice, useWatch } from '#volunteer/device-context.tsx'

/** What the campaign adds to the words of consent, with its version; null where it adds nothing. */
export function useConsentNote(): { readonly version: number; readonly text: string } | null {
  const note = useWatch(useDevice().membership)?.campaign.consentNote ?? null
  return note === null || note.text === '' ? null : note
}
