import { useEffect, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { CampaignsHere } from '#device/campaigns-here.ts'
import type { Membership } from '#device/device.ts'
import { openCampaign } from '#device/media/chosen-database.ts'
import { apart } from '#i18n/apart.ts'
import { BottomBar } from '#ui/bottom-bar/bottom-bar.tsx'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, PageTitle } from '#ui/page/page.tsx'
import styles from '#volunteer/campaigns/campaigns.module.css'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { JoinFields, JoinSubmit } from '#volunteer/join/join-screen.tsx'
import { inviteIn, sayTrouble, useJoin } from '#volunteer/join/use-join.ts'
import type { JoinForm } from '#volunteer/join/use-join.ts'
import { useTitle } from '#volunteer/use-title.ts'
import { useVolunteering, useWords } from '#volunteer/volunteer-context.tsx'

type Look = Awaited<ReturnType<CampaignsHere['look']>>

interface JoinAnotherProps {
  readonly membership: Membership
}

/** A second link that is opened in this window changes no more of the address than what stands behind the `#`. */
export function JoinAnother({ membership }: JoinAnotherProps) {
  const secret = useSyncExternalStore(onHash, () => inviteIn(location.hash) ?? '')
  return <Invited key={secret} membership={membership} secret={secret} />
}

function onHash(call: () => void): () => void {
  window.addEventListener('hashchange', call)
  return () => window.removeEventListener('hashchange', call)
}

/** Somebody who is a member follows an invite: to the campaign that is open, to another one of this browser, or to one that they are not in yet. */
function Invited({ membership, secret }: JoinAnotherProps & { readonly secret: string }) {
  const { ground, words: { say, locale } } = useVolunteering()
  const device = useDevice()
  const { look, again } = useLook(secret)
  const isSignedOut = useWatch(device.sync)?.attention === 'join-again'
  const open = ground.openCampaign ?? openCampaign
  useTitle(say('join.heading'))
  if (look === null) return <Page header={<PageHeader title={say('app.name')} />}><BlankLines count={5} label={say('loading')} /></Page>
  if (!look.ok) return <Unknown membership={membership} look={look} onAgain={again} />
  const { campaign, role, here } = look.value
  if (here?.isOpen === true) return isSignedOut ? <Renew membership={membership} /> : <Already membership={membership} />
  // Where this phone was signed out the invite is used for what it is for.
  if (here !== null) {
    return (
      <Page header={<PageHeader title={say('app.name')} />}>
        <PageTitle title={say('join.hereAlready', { campaign: apart(locale, campaign.name), name: apart(locale, here.member.name) })} />
        <Button look="main" onClick={() => open(here.database, here.isSignedOut ? `/join#${secret}` : '/')}>{say('campaigns.openOne', { campaign: apart(locale, campaign.name) })}</Button>
      </Page>
    )
  }
  return <JoinToo membership={membership} look={{ campaign, role }} onJoined={(database) => open(database, '/')} />
}

/** Asked once, and again when somebody wants it. */
function useLook(secret: string): { readonly look: Look | null; readonly again: () => void } {
  const device = useDevice()
  const [asked, setAsked] = useState<{ readonly time: number; readonly look: Look | null }>({ time: 0, look: null })
  useEffect(() => {
    let isCurrent = true
    void device.openCampaigns().then(({ look }) => look(secret)).catch((): Look => ({ ok: false, problem: { kind: 'offline', code: 'not-loaded' } })).then((look) => {
      if (isCurrent) setAsked(({ time }) => ({ time, look }))
    })
    return () => {
      isCurrent = false
    }
  }, [device, secret, asked.time])
  return { look: asked.look, again: () => setAsked(({ time }) => ({ time: time + 1, look: null })) }
}

function Already({ membership }: { readonly membership: Membership }) {
  const { say, locale } = useWords()
  return (
    <Page header={<PageHeader title={say('app.name')} />}>
      <PageTitle title={say('join.already', { name: apart(locale, membership.member.name) })} />
      <ToNotebook />
    </Page>
  )
}

/** The link is not good any more, or there is nobody to ask: whoever is a member gets to their notebook all the same. */
function Unknown({ membership, look, onAgain }: { readonly membership: Membership; readonly look: Extract<Look, { readonly ok: false }>; readonly onAgain: () => void }) {
  const words = useWords()
  const { say, locale } = words
  const isRefused = look.problem.kind === 'refused'
  return (
    <Page header={<PageHeader title={say('app.name')} />}>
      <PageTitle title={say('join.already', { name: apart(locale, membership.member.name) })} />
      <Note tone="ask" icon="link" live="alert">{isRefused ? sayTrouble(words, look.problem) : say('join.unknown')}</Note>
      <div className={styles.acts}>
        <ToNotebook />
        {isRefused ? null : <Button onClick={onAgain}>{say('join.lookAgain')}</Button>}
      </div>
    </Page>
  )
}

function ToNotebook() {
  const { say } = useWords()
  return <Link href="/" replace asChild><ButtonLink look="main">{say('join.alreadyOpen')}</ButtonLink></Link>
}

/** This phone was signed out: the same campaign again, in the same place. */
function Renew({ membership }: { readonly membership: Membership }) {
  const { say } = useWords()
  return <FormPage join={useJoin(membership)} title={say('join.renewHeading')} intro={say('join.renewIntro')} />
}

interface JoinTooProps {
  readonly membership: Membership
  readonly look: Pick<Extract<Look, { readonly ok: true }>['value'], 'campaign' | 'role'>
  readonly onJoined: (database: string) => void
}

/** Beside the others, with a name of its own. */
function JoinToo({ membership, look: { campaign, role }, onJoined }: JoinTooProps) {
  const { say, locale } = useWords()
  const device = useDevice()
  const join = useJoin(membership, {
    join: async (request) => (await device.openCampaigns()).join(campaign.id, request),
    onJoined,
  })
  return (
    <FormPage join={join} title={say('join.tooHeading', { campaign: apart(locale, campaign.name) })} intro={say(role === 'coordinator' ? 'join.tooCoordinator' : 'join.tooVolunteer')}>
      <Note>{say('join.tooApart', { campaign: apart(locale, membership.campaign.name) })}</Note>
    </FormPage>
  )
}

function FormPage({ join, title, intro, children }: { readonly join: JoinForm; readonly title: string; readonly intro: string; readonly children?: ReactNode }) {
  const { say } = useWords()
  return (
    <Page header={<PageHeader title={say('app.name')} />} footer={<BottomBar><JoinSubmit join={join} /></BottomBar>}>
      <PageTitle title={title}>{intro}</PageTitle>
      {children}
      <JoinFields join={join} />
    </Page>
  )
}
