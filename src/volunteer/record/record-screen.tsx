import { Link, Redirect } from 'wouter'
import type { Device } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { ButtonLink } from '#ui/button/button.tsx'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, PageTitle } from '#ui/page/page.tsx'
import { RecordStep, loadReview } from '#volunteer/record/record-step.tsx'
import { findStep, firstStep } from '#volunteer/record/steps.ts'
import { useDraft } from '#volunteer/record/use-draft.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** One draft at one step. The address names both, so that a killed browser comes back to where it was. */
export function RecordScreen({ draftId, stepId }: { readonly draftId: EntryId; readonly stepId: string }) {
  const { say } = useWords()
  const open = useDraft(draftId)
  if (open.phase === 'reading') return <Page header={<PageHeader title={say('title.home')} />}><BlankLines count={5} label={say('loading')} /></Page>
  if (open.phase === 'gone') {
    return (
      <Page header={<PageHeader title={say('title.home')} />}>
        <PageTitle title={say('record.gone')} />
        <Link href="/" asChild><ButtonLink>{say('missingPageHome')}</ButtonLink></Link>
      </Page>
    )
  }
  const { kind } = open.keeper.get().draft
  const step = findStep(kind, stepId)
  if (step === undefined) return <Redirect to={`/record/${draftId}/${firstStep(kind).id}`} replace />
  return <RecordStep keeper={open.keeper} step={step} />
}

/**
 * What recording cannot be ended without, before somebody without a connection gets there. And a new version of the app begins without the map: who has
 * used it before gets it again while there is a connection.
 */
export async function loadRest(device: Pick<Device, 'preferences'>): Promise<void> {
  await loadReview()
  if (device.preferences.get()?.keepsMap === true) await import('#volunteer/map/map-picker.tsx')
}
