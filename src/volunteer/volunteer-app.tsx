import { Suspense, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import type { Device, Membership } from '#device/device.ts'
import { kinds } from '#domain/kinds.ts'
import type { EntryId } from '#domain/ids.ts'
import { loadScreens } from '#i18n/load.ts'
import { anyAddress } from '#ui/any-address.ts'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { useLanguage } from '#ui/language/language.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page } from '#ui/page/page.tsx'
import { useLeisure } from '#volunteer/behind-frame.ts'
import { DeviceProvider, useDevice, useWatch } from '#volunteer/device-context.tsx'
import { createBrowserGround } from '#volunteer/ground.ts'
import type { VolunteerGround } from '#volunteer/ground.ts'
import { HomeScreen } from '#volunteer/home/home-screen.tsx'
import { JoinScreen } from '#volunteer/join/join-screen.tsx'
import { NoLink } from '#volunteer/join/no-link.tsx'
import { laterScreen, sparePart, useComingPart } from '#ui/later-screen.tsx'
import { createAdditions } from '#volunteer/photos/additions.ts'
import { VolunteerContext, useVolunteering, useWords } from '#volunteer/volunteer-context.tsx'
import { createWords } from '#volunteer/words.ts'
import type { Words } from '#volunteer/words.ts'

const fetchRecording = () => import('#volunteer/record/record-screen.tsx')
const recordScreen = laterScreen(async () => (await fetchRecording()).RecordScreen, Waiting)
const newDraftScreen = laterScreen(async () => (await import('#volunteer/new-draft-screen.tsx')).NewDraftScreen, Waiting)
const { Screen: UpdateScreen } = laterScreen(async () => (await import('#volunteer/update-screen.tsx')).UpdateScreen, Waiting)
const { Screen: EntriesScreen } = laterScreen(async () => (await import('#volunteer/entries/entries-screen.tsx')).EntriesScreen, Waiting)
const { Screen: EntryScreen } = laterScreen(async () => (await import('#volunteer/entry/entry-screen.tsx')).EntryScreen, Waiting)
const { Screen: CarryScreen } = laterScreen(async () => (await import('#volunteer/carry/carry-screen.tsx')).CarryScreen, Waiting)
const { Screen: SharedScreen } = laterScreen(async () => (await import('#volunteer/shared/shared-screen.tsx')).SharedScreen, Waiting)
const { Screen: SettingsScreen } = laterScreen(async () => (await import('#volunteer/settings/settings-screen.tsx')).SettingsScreen, Waiting)

const LostPhotos = sparePart(async () => (await import('#volunteer/photos/lost-photos.tsx')).LostPhotos)
const { Screen: SeldomScreens } = laterScreen(async () => (await import('#volunteer/help/seldom-screens.tsx')).SeldomScreens, Waiting)

/** Recording, and what begins it: one file. */
export function loadRecording(): Promise<unknown> {
  return Promise.all([newDraftScreen.load(), recordScreen.load()])
}

export interface VolunteerAppProps {
  readonly device: Device
  /** The browser's own by default. */
  readonly ground?: VolunteerGround | undefined
  readonly homeCard?: ReactNode
}

/** The phone's screens. Stands below a LanguageProvider; document language, direction and theme belong to the app. */
export function VolunteerApp({ device, ground, homeCard }: VolunteerAppProps) {
  const [standing] = useState(() => ground ?? createBrowserGround())
  const [additions] = useState(createAdditions)
  const { words, isComplete } = useSpokenWords(device)
  const volunteering = useMemo(() => ({ ground: standing, words, additions, homeCard }), [standing, words, additions, homeCard])
  return (
    <DeviceProvider device={device}>
      <VolunteerContext value={volunteering}>
        <Lost />
        <Suspense fallback={<Waiting />}><Screens areWordsComplete={isComplete} /></Suspense>
      </VolunteerContext>
    </DeviceProvider>
  )
}

function Lost() {
  const { lost } = useVolunteering().additions
  const count = useSyncExternalStore(lost.subscribe, lost.get, lost.get)
  return count === 0 ? null : <LostPhotos count={count} />
}

/** The first screen speaks at once; the words of the others come behind it, and are there before anybody gets to one. */
function useSpokenWords(device: Device): { readonly words: Words; readonly isComplete: boolean } {
  const speech = useLanguage()
  const campaign = useWatch(device.membership)?.campaign
  const { known: more } = useComingPart(speech, loadScreens, speech.screens === undefined ? null : { key: speech, part: speech.screens })
  // While another language is coming, the one before stays whole: no screen speaks two.
  const words = useMemo(() => (more === null ? createWords(speech, null, campaign) : createWords(more.key, more.part, campaign)), [speech, more, campaign])
  return { words, isComplete: more !== null }
}

function Screens({ areWordsComplete }: { readonly areWordsComplete: boolean }) {
  const device = useDevice()
  const membership = useWatch(device.membership)
  const [location] = useLocation()
  const hasJoined = membership !== undefined && membership !== null
  const isAtLeisure = useLeisure()
  useEffect(() => {
    // Recording is the next tap of most: its code comes as soon as the first screen stands and answers, and before anybody asks for it. Who
    // has not joined yet waits for the join screen, on a slow line, and nothing may stand before that.
    if (hasJoined && areWordsComplete && isAtLeisure) void loadRecording().then(fetchRecording).then(({ loadRest }) => loadRest(device)).catch(() => undefined)
  }, [device, hasJoined, areWordsComplete, isAtLeisure])
  const isFirstScreen = location === '/' || location === '/join'
  if (membership === undefined || (!isFirstScreen && !areWordsComplete)) return <Waiting />
  if (/^\/(?:(?:help|install|campaigns)\/?$|(?:practice|r)(?:\/|$))/.test(location)) return <SeldomScreens membership={membership} />
  return (
    <Switch>
      <Route path="/join"><JoinScreen membership={membership} areWordsComplete={areWordsComplete}>{areWordsComplete ? <SeldomScreens membership={membership} /> : <Waiting />}</JoinScreen></Route>
      <Route path="/shared"><SharedScreen membership={membership} /></Route>
      <Route path="/settings"><SettingsScreen membership={membership} /></Route>
      {membership === null ? <Route path={anyAddress}><Stranger areWordsComplete={areWordsComplete} /></Route> : <Route path={anyAddress}><MemberScreens {...{ membership, areWordsComplete, isAtLeisure }} /></Route>}
    </Switch>
  )
}

function MemberScreens({ membership, ...standing }: { readonly membership: Membership; readonly areWordsComplete: boolean; readonly isAtLeisure: boolean }) {
  return (
    <Switch>
      <Route path="/"><HomeScreen membership={membership} {...standing} /></Route>
      <Route path="/carry"><CarryScreen membership={membership} /></Route>
      <Route path="/entries"><EntriesScreen /></Route>
      <Route path="/entry/:id">{({ id }) => <EntryScreen key={id} id={entryIdOf(id)} />}</Route>
      <Route path="/update/:id">{({ id }) => <UpdateScreen key={id} id={entryIdOf(id)} membership={membership} />}</Route>
      <Route path="/new/:kind">{({ kind }) => {
        const known = kinds.find((one) => one === kind)
        return known === undefined ? <Redirect to="/" replace /> : <newDraftScreen.Screen key={known} kind={known} membership={membership} />
      }}</Route>
      <Route path="/record/:id/:step?">{({ id, step }) => <recordScreen.Screen key={id} draftId={entryIdOf(id)} stepId={step ?? ''} />}</Route>
      <Route path={anyAddress}><SeldomScreens membership={membership} /></Route>
    </Switch>
  )
}

/** An address that names no entry finds none; nothing else is done with it. */
function entryIdOf(text: string): EntryId {
  return text as EntryId
}

function Stranger({ areWordsComplete }: { readonly areWordsComplete: boolean }) {
  const { say } = useWords()
  return <Page header={<PageHeader title={say('app.name')} />}><NoLink areWordsComplete={areWordsComplete} /></Page>
}

function Waiting() {
  const { say } = useWords()
  return <Page header={<PageHeader title={say('app.name')} />}><BlankLines count={5} label={say('loading')} /></Page>
}
