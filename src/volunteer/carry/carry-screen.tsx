import { Link } from 'wouter'
import type { Membership } from '#device/device.ts'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page } from '#ui/page/page.tsx'
import { HandOverSection } from '#volunteer/carry/hand-over-section.tsx'
import { TakeSection } from '#volunteer/carry/take-section.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Where there is no connection for weeks: what is here goes out as a file, and files of others are taken along. */
export function CarryScreen({ membership }: { readonly membership: Membership }) {
  const { say } = useWords()
  const sync = useWatch(useDevice().sync)
  useTitle(say('carry.heading'))
  return (
    <Page header={<PageHeader start={<Link href="/settings" asChild><IconLink icon="back" label={say('back')} /></Link>} title={say('carry.heading')} isHeading />}>
      {sync === undefined ? <BlankLines count={3} label={say('loading')} /> : <HandOverSection sync={sync} membership={membership} />}
      <TakeSection />
    </Page>
  )
}
