import { useEffect, useRef } from 'react'
import { Redirect, useLocation } from 'wouter'
import type { Membership } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page } from '#ui/page/page.tsx'
import { useDevice, useEntry, useWatch } from '#volunteer/device-context.tsx'
import { dayOf } from '#volunteer/ground.ts'
import { updatedContent } from '#volunteer/record/first-content.ts'
import { firstStepOfUpdate } from '#volunteer/record/steps.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** Begins an entry that tells what has changed since an own one, and goes to where something may have changed. */
export function UpdateScreen({ id, membership }: { readonly id: EntryId; readonly membership: Membership }) {
  const { ground, words } = useVolunteering()
  const device = useDevice()
  const [, navigate] = useLocation()
  const preferences = useWatch(device.preferences)
  const entry = useEntry(id)
  const isBegun = useRef(false)

  useEffect(() => {
    // One tap makes one draft, although React may run an effect twice.
    if (preferences === undefined || entry === undefined || entry === null || isBegun.current) return
    isBegun.current = true
    const { kind, content } = entry.state
    const step = firstStepOfUpdate(kind).id
    const fields = updatedContent({ kind, today: dayOf(ground.now()), language: words.locale, membership, preferences }, content)
    void device.createDraft(kind, id).then(async (draft) => {
      await device.writeDraft(draft.id, { fields, step })
      navigate(`/record/${draft.id}/${step}`, { replace: true })
    })
  }, [device, entry, ground, id, membership, navigate, preferences, words.locale])

  if (entry === null) return <Redirect to={`/entry/${encodeURIComponent(id)}`} replace />
  return <Page header={<PageHeader title={words.say('title.home')} />}><BlankLines count={5} label={words.say('loading')} /></Page>
}
