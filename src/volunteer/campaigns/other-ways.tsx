import { useState } from 'react'
import { wasMemberHere } from '#device/media/was-here.ts'
import { Note } from '#ui/note/note.tsx'
import { Section } from '#ui/page/page.tsx'
import { CampaignRows } from '#volunteer/campaigns/campaign-rows.tsx'
import { useCampaigns } from '#volunteer/campaigns/use-campaigns.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { PasteCode } from '#volunteer/install/paste-code.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** For somebody who stands before the way in without a link: that the browser has thrown away what was here, that what was begun here is kept, campaigns that this browser is in all the same, and the other end of a move. */
export function OtherWays() {
  const { say } = useWords()
  const { rows } = useCampaigns()
  // Where a browser throws its storage away under somebody who writes, their words are kept (DS141) and the screen is gone.
  const device = useDevice()
  const drafts = useWatch(device.drafts) ?? []
  const begun = useWatch(device.begun) ?? []
  const membership = useWatch(device.membership)
  const [wasHere] = useState(wasMemberHere)
  return (
    <>
      {membership === null && wasHere ? <Note tone="ask" icon="warning" live="status">{say('campaigns.cleared')}</Note> : null}
      {drafts.length + begun.length === 0 ? null : <Note tone="done" icon="check" title={say('campaigns.draftsKept')} live="status" />}
      {rows === null || rows.length === 0 ? null : <Section title={say('campaigns.here')}><CampaignRows rows={rows} pathFor={() => '/'} /></Section>}
      <PasteCode />
    </>
  )
}
