import { Activity, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { Link, Redirect, Route, Switch, useLocation, useSearch } from 'wouter'
import type { Device, Membership } from '#device/device.ts'
import { loadDesk } from '#i18n/load.ts'
import { loadWriting } from '#i18n/load-writing.ts'
import type { Ability } from '#protocol/membership.ts'
import { AssignNotice } from '#coordinator/assign/assign-notice.tsx'
import { AssigningProvider } from '#coordinator/assign/assigning.tsx'
import { AsideProvider } from '#coordinator/aside/aside-context.tsx'
import { AsidePage } from '#coordinator/aside/aside-page.tsx'
import { DataPage } from '#coordinator/data/data-page.tsx'
import { useDecisionLog } from '#coordinator/decision-log.ts'
import { DeskContext, useDesk } from '#coordinator/desk-context.tsx'
import { createBrowserGround } from '#coordinator/desk-ground.ts'
import type { DeskGround } from '#coordinator/desk-ground.ts'
import { createDeskWords } from '#coordinator/desk-words.ts'
import type { DeskWords } from '#coordinator/desk-words.ts'
import { OverviewPage } from '#coordinator/overview/overview-page.tsx'
import { createFreshWatch } from '#coordinator/fresh/fresh-watch.ts'
import { useFreshPoll } from '#coordinator/fresh/use-fresh.ts'
import { PeoplePage } from '#coordinator/people/people-page.tsx'
import { QueueRoutes } from '#coordinator/queue/queue-routes.tsx'
import { DecisionNotice } from '#coordinator/review/decision-notice.tsx'
import { useHasUnkept } from '#coordinator/review/begun.ts'
import { createJudgements } from '#coordinator/review/judgements.ts'
import { createReadings } from '#coordinator/review/readings.ts'
import { useKeptBegun } from '#coordinator/review/use-kept-begun.ts'
import { useUnsentCorrections } from '#coordinator/review/use-unsent.ts'
import { Denied } from '#coordinator/shell/denied.tsx'
import { DeskBar } from '#coordinator/shell/desk-bar.tsx'
import { KeysLine } from '#coordinator/shell/keys-line.tsx'
import type { DeskScreen } from '#coordinator/shell/keys-line.tsx'
import styles from '#coordinator/shell/shell.module.css'
import { useLeaveWarning } from '#coordinator/shell/use-leave-warning.ts'
import { useWatch } from '#coordinator/use-watch.ts'
import { anyAddress } from '#ui/any-address.ts'
import { useLanguage } from '#ui/language/language.tsx'
import type { Speech } from '#ui/language/language.tsx'
import { laterScreen, useLaterPart } from '#ui/later-screen.tsx'

/** Seldom opened, and not small: chunks of their own, which come when the desk stands. Without a connection they are then there, too. */
const auditPage = laterScreen(async () => (await import('#coordinator/audit/audit-page.tsx')).AuditPage)
const reportPage = laterScreen(async () => (await import('#coordinator/report/report-page.tsx')).ReportPage)
const campaignPage = laterScreen(async () => (await import('#coordinator/campaign/campaign-page.tsx')).CampaignPage)

interface CoordinatorAppProps {
  readonly device: Device
  /** The world besides the device; the browser's own when it is not given. */
  readonly ground?: DeskGround
}

/** The coordinators' desk, under /desk. Stands inside a `LanguageProvider`; loads its own words on top. */
export function CoordinatorApp({ device, ground }: CoordinatorAppProps) {
  const speech = useLanguage()
  const membership = useWatch(device.membership)
  // A page of a report lives on in a window of its own while this browser has gone on to another campaign: its links say where they lead.
  const [[location], search] = [useLocation(), useSearch()]
  const wanted = new URLSearchParams(search).get('campaign')
  const words = useDeskWords(speech, membership?.campaign)
  useDeskSurface()
  const mayReview = membership?.abilities.includes('review') === true && membership.abilities.includes('readAll')
  const reviewed = useReviewed(mayReview ? membership.campaign.id : null)
  if (words === null || membership === undefined) return null
  if (membership === null) return <Denied words={words} text="denied.noMember" />
  if (wanted !== null && wanted !== membership.campaign.id) return <Redirect to={`/campaigns?campaign=${encodeURIComponent(wanted)}&to=${encodeURIComponent(`${location}?${search}`)}`} replace />
  if (!mayReview) return reviewed === membership.campaign.id ? <Denied words={words} text="denied.changed" held={device.held} /> : <Denied words={words} text="denied.text" held={device.held} />
  return <Desk device={device} ground={ground} words={words} membership={membership} />
}

/** The campaign that was last reviewed in this window. */
function useReviewed(now: Membership['campaign']['id'] | null): Membership['campaign']['id'] | null {
  const [last, setLast] = useState(now)
  if (now !== null && now !== last) setLast(now)
  return now ?? last
}

function Desk({ device, ground: given, words, membership }: { readonly device: Device; readonly ground: DeskGround | undefined; readonly words: DeskWords; readonly membership: Membership }) {
  const [ground] = useState(() => given ?? createBrowserGround())
  const [fresh] = useState(() => createFreshWatch(device.api))
  const [readings] = useState(() => createReadings(device.api, { ...ground, ...membership }, fresh))
  const [judgements] = useState(createJudgements)
  const log = useDecisionLog({ device, ground, fresh, readings, judgements, me: membership.member.id })
  useFreshPoll(fresh, ground)
  useOtherPages(device, words.locale)
  useUnsentCorrections(device, readings)
  useKeptBegun({ device, fresh, judgements })
  const [location] = useLocation()
  const screen = screenOf(location)
  return (
    <DeskContext value={{ device, membership, ground, words, log, fresh, readings, judgements }}>
      <AsideProvider><AssigningProvider><div className={styles.desk}>
        <LeaveWarning device={device} />
        <DeskBar screen={screen} />
        <Switch>
          <Route path="/desk"><QueueRoutes /></Route>
          <Route path="/desk/entry/:id"><QueueRoutes /></Route>
          <Route path="/desk/aside"><AsidePage /></Route>
          <Route path="/desk/overview"><OverviewPage /></Route>
          <Route path="/desk/people"><For ability="manageMembers"><PeoplePage /></For></Route>
          <Route path="/desk/campaign"><For ability="editCampaign"><campaignPage.Screen /></For></Route>
          <Route path="/desk/audit"><auditPage.Screen /></Route>
          <Route path="/desk/report/*?"><For ability="export"><reportPage.Screen /></For></Route>
          <Route path="/desk/data"><></></Route>
          <Route path={anyAddress}><NotFound /></Route>
        </Switch>
        <KeptDataPage isShown={screen === 'data'} />
        <div>
          <DecisionNotice />
          <AssignNotice />
          {screen === null ? null : <KeysLine screen={screen} />}
        </div>
      </div></AssigningProvider></AsideProvider>
    </DeskContext>
  )
}

/** Behind the first page; where the line breaks meanwhile, each is asked for again when it is opened. */
function useOtherPages(device: Pick<Device, 'openWriting'>, locale: DeskWords['locale']): void {
  useEffect(() => {
    const load = () => void Promise.all([auditPage.load(), reportPage.load(), loadWriting(locale), device.openWriting(), campaignPage.load()]).catch(() => undefined)
    // Safari does not say when it is idle.
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(load, 3000)
      return () => clearTimeout(timer)
    }
    const asked = requestIdleCallback(load, { timeout: 10_000 })
    return () => cancelIdleCallback(asked)
  }, [device, locale])
}

function screenOf(location: string): DeskScreen | null {
  if (location === '/desk') return 'queue'
  if (location.startsWith('/desk/entry/')) return 'entry'
  if (location === '/desk/overview') return 'overview'
  if (location === '/desk/people') return 'people'
  if (location === '/desk/aside') return 'aside'
  if (location === '/desk/campaign') return 'campaign'
  if (location === '/desk/audit') return 'audit'
  if (location === '/desk/report' || location.startsWith('/desk/report/')) return 'report'
  return location === '/desk/data' ? 'data' : null
}

/** By itself: each letter waits for the disk for a moment, and the desk is not drawn anew for that. */
function LeaveWarning({ device }: { readonly device: Device }) {
  useLeaveWarning(useHasUnkept(device))
  return null
}

function For({ ability, children }: { readonly ability: Ability; readonly children: ReactNode }) {
  const { membership, words } = useDesk()
  return membership.abilities.includes(ability) ? children : <Denied words={words} text="denied.page" />
}

/** Once it was opened it stays behind the other pages: a file that is half mapped, or on its way, is there again for whoever comes back to it. */
function KeptDataPage({ isShown }: { readonly isShown: boolean }) {
  const [wasShown, setShown] = useState(isShown)
  if (isShown && !wasShown) setShown(true)
  if (!isShown && !wasShown) return null
  return <Activity mode={isShown ? 'visible' : 'hidden'}><For ability="export"><DataPage /></For></Activity>
}

function NotFound() {
  const { say } = useDesk().words
  return <main className={styles.notFound}><h1>{say('notFound.title')}</h1><p><Link href="/desk">{say('notFound.back')}</Link></p></main>
}

/** The words of the desk are a chunk of their own: volunteers never load them. Those of the last language stay until the next have come. */
function useDeskWords(speech: Speech, campaign: Membership['campaign'] | undefined): DeskWords | null {
  const spoken = useLaterPart(speech, loadDesk)
  return useMemo(() => (spoken === null ? null : createDeskWords(spoken.key, spoken.part, campaign)), [spoken, campaign])
}

/** Density belongs to the document, because dialogs stand outside of every element of the page. */
function useDeskSurface(): void {
  useEffect(() => {
    const root = document.documentElement
    const before = root.getAttribute('data-surface')
    root.setAttribute('data-surface', 'desk')
    return () => {
      if (before === null) root.removeAttribute('data-surface')
      else root.setAttribute('data-surface', before)
    }
  }, [])
}
