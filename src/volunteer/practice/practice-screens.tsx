import { useMemo, useState } from 'react'
import { Link, Redirect, Route, Switch } from 'wouter'
import type { Membership } from '#device/device.ts'
import { kinds } from '#domain/kinds.ts'
import type { EntryId } from '#domain/ids.ts'
import { anyAddress } from '#ui/any-address.ts'
import { ButtonLink } from '#ui/button/button.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, PageTitle } from '#ui/page/page.tsx'
import { RecordDock, RecordLink } from '#ui/record-button/record-button.tsx'
import { DeviceProvider, useDevice } from '#volunteer/device-context.tsx'
import { Picture } from '#volunteer/help/picture.tsx'
import { NewDraftScreen } from '#volunteer/new-draft-screen.tsx'
import { createPracticeDevice } from '#volunteer/practice/practice-device.ts'
import styles from '#volunteer/practice/practice.module.css'
import { RecordScreen } from '#volunteer/record/record-screen.tsx'
import { VolunteerContext, useVolunteering, useWords } from '#volunteer/volunteer-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'

/** The real form on a device that keeps nothing; the band above says so on each of its screens. Stands in a route of its own (`nest`). */
export function PracticeScreens({ membership }: { readonly membership: Membership }) {
  const volunteering = useVolunteering()
  const practising = useMemo(() => ({ ...volunteering, isPractice: true }), [volunteering])
  const real = useDevice()
  const [device] = useState(() => createPracticeDevice(real, volunteering.ground.now))
  return (
    <DeviceProvider device={device}>
      <PracticeBand />
      <VolunteerContext value={practising}>
        <Switch>
          <Route path="/new/:kind">{({ kind }) => {
            const known = kinds.find((one) => one === kind)
            return known === undefined ? <Redirect to="/" replace /> : <NewDraftScreen key={known} kind={known} membership={membership} />
          }}</Route>
          <Route path="/record/:id/:step?">{({ id, step }) => <RecordScreen key={id} draftId={id as EntryId} stepId={step ?? ''} />}</Route>
          <Route path={anyAddress}><PracticeStart /></Route>
        </Switch>
      </VolunteerContext>
    </DeviceProvider>
  )
}

function PracticeBand() {
  const { say } = useWords()
  return (
    <aside className={styles.band} aria-label={say('practice.name')}>
      <Icon name="eye-off" size="s" />
      <p><b>{say('practice.name')}</b>{` · ${say('practice.band')}`}</p>
      <Link href="~/" className={styles.stop}>{say('practice.stop')}</Link>
    </aside>
  )
}

/** Before the first try, and after each: here the practice says what would have become of it. */
function PracticeStart() {
  const { say } = useWords()
  const [isDone] = useState(() => cameFromSave(history.state))
  useTitle(say('practice.name'))
  return (
    <Page
      header={<PageHeader start={<Link href="~/help" asChild><IconLink icon="back" label={say('back')} /></Link>} title={say('practice.name')} />}
      footer={(
        <RecordDock label={say('practice.try')}>
          <Link href="/new/challenge" asChild><RecordLink kind="challenge" word={say('home.challenge')} note={say('home.challengeHint')} /></Link>
          <Link href="/new/action" asChild><RecordLink kind="action" word={say('home.action')} note={say('home.actionHint')} /></Link>
        </RecordDock>
      )}
    >
      <PageTitle title={say(isDone ? 'practice.doneHeading' : 'practice.heading')}>{say(isDone ? 'practice.done' : 'practice.intro')}</PageTitle>
      <Picture name={isDone ? 'thrown' : 'practice'} />
      <p>{say(isDone ? 'practice.doneMore' : 'practice.choose')}</p>
      {isDone ? <Link href="~/" asChild><ButtonLink look="main" isWide>{say('practice.home')}</ButtonLink></Link> : null}
    </Page>
  )
}

function cameFromSave(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'saved' in state
}
