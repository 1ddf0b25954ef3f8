import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { Membership } from '#device/device.ts'
import type { Kind } from '#domain/entry.ts'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page } from '#ui/page/page.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { dayOf } from '#volunteer/ground.ts'
import { firstContent } from '#volunteer/record/first-content.ts'
import { firstStep } from '#volunteer/record/steps.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** Begins a draft and goes to its first step; the address of a shortcut leads here. */
export function NewDraftScreen({ kind, membership }: { readonly kind: Kind; readonly membership: Membership }) {
  const { ground, words } = useVolunteering()
  const device = useDevice()
  const [, navigate] = useLocation()
  const preferences = useWatch(device.preferences)
  const isBegun = useRef(false)

  useEffect(() => {
    // One tap makes one draft, although React may run an effect twice.
    if (preferences === undefined || isBegun.current) return
    isBegun.current = true
    const step = firstStep(kind).id
    const fields = firstContent({ kind, today: dayOf(ground.now()), language: words.locale, membership, preferences })
    void device.createDraft(kind).then(async ({ id }) => {
      await device.writeDraft(id, { fields, step })
      navigate(`/record/${id}/${step}`, { replace: true })
    })
  }, [device, ground, kind, membership, navigate, preferences, words.locale])

  return <Page header={<PageHeader title={words.say('title.home')} />}><BlankLines count={5} label={words.say('loading')} /></Page>
}
