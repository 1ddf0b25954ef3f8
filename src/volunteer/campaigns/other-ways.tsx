import { Section } from '#ui/page/page.tsx'
import { CampaignRows } from '#volunteer/campaigns/campaign-rows.tsx'
import { useCampaigns } from '#volunteer/campaigns/use-campaigns.ts'
import { PasteCode } from '#volunteer/install/paste-code.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** For somebody who stands before the way in without a link: campaigns that this browser is in all the same, and the other end of a move. */
export function OtherWays() {
  const { say } = useWords()
  const { rows } = useCampaigns()
  return (
    <>
      {rows === null || rows.length === 0 ? null : <Section title={say('campaigns.here')}><CampaignRows rows={rows} pathFor={() => '/'} /></Section>}
      <PasteCode />
    </>
  )
}
