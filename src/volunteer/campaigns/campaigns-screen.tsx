import { useEffect } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import type { CampaignHere } from '#device/campaigns-here.ts'
import type { Membership } from '#device/device.ts'
import { openCampaign } from '#device/media/chosen-database.ts'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, Section } from '#ui/page/page.tsx'
import { CampaignRows } from '#volunteer/campaigns/campaign-rows.tsx'
import { MakeCampaign } from '#volunteer/campaigns/make-campaign.tsx'
import { PasteLink } from '#volunteer/campaigns/paste-link.tsx'
import { useCampaigns } from '#volunteer/campaigns/use-campaigns.ts'
import styles from '#volunteer/campaigns/campaigns.module.css'
import { useTitle } from '#volunteer/use-title.ts'
import { useVolunteering, useWords } from '#volunteer/volunteer-context.tsx'

/** By an address of another campaign: there, if this browser is in it. */
function useLeadOn(rows: readonly CampaignHere[] | null): 'leads' | 'notHere' | null {
  const { ground } = useVolunteering()
  const asked = new URLSearchParams(useSearch())
  const [, navigate] = useLocation()
  const [campaign, to] = [asked.get('campaign'), asked.get('to') ?? '/desk']
  const found = rows?.find((row) => row.campaign.id === campaign)
  useEffect(() => {
    if (found === undefined || !/^\/desk(?:[/?]|$)/.test(to)) return
    if (found.isOpen) navigate(to, { replace: true })
    else (ground.openCampaign ?? openCampaign)(found.database, to)
  }, [found, to, ground, navigate])
  if (campaign === null) return null
  return rows === null || found !== undefined ? 'leads' : 'notHere'
}

/** The campaigns of this browser, from settings or from the desk: whoever comes from there goes on there. */
export function CampaignsScreen({ membership }: { readonly membership: Membership }) {
  const { say } = useWords()
  const asked = new URLSearchParams(useSearch())
  const isFromDesk = asked.has('desk') || asked.has('campaign')
  const { rows } = useCampaigns()
  const lead = useLeadOn(rows)
  const pathFor = (role: CampaignHere['member']['role']): string => (isFromDesk && role === 'coordinator' ? '/desk' : '/')
  useTitle(say('campaigns.heading'))
  return (
    <Page header={<PageHeader start={<Link href={isFromDesk ? '/desk' : '/settings'} asChild><IconLink icon="back" label={say('back')} /></Link>} title={say('campaigns.heading')} isHeading />}>
      {lead === 'notHere' ? <Note tone="ask" icon="link" title={say('campaigns.notHere')}>{say('campaigns.notHereMore')}</Note> : null}
      <p className={styles.quiet}>{say('campaigns.lead')}</p>
      <Section title={say('campaigns.here')} look="words">
        {rows === null ? <BlankLines count={3} label={say('loading')} /> : <CampaignRows rows={rows} pathFor={({ member }) => pathFor(member.role)} />}
        {rows !== null && rows.length > 1 ? <p className={styles.quiet}>{say('campaigns.byItself')}</p> : null}
      </Section>
      <Section title={say('campaigns.join')} look="words"><PasteLink /></Section>
      {membership.abilities.includes('createCampaign') ? <Section title={say('campaigns.make')} look="words"><MakeCampaign membership={membership} path={pathFor('coordinator')} /></Section> : null}
    </Page>
  )
}
