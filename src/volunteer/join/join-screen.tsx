import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { isLocale, locales, ownNames } from '#i18n/locale.ts'
import { directionOf } from '#i18n/direction.ts'
import type { Membership } from '#device/device.ts'
import { BottomBar } from '#ui/bottom-bar/bottom-bar.tsx'
import { Button } from '#ui/button/button.tsx'
import { ChooseOne } from '#ui/choice/choices.tsx'
import { AwaitedAloud, useAwaitedLanguage } from '#ui/language/language.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, PageTitle } from '#ui/page/page.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import { InView } from '#volunteer/in-view.tsx'
import { NoLink } from '#volunteer/join/no-link.tsx'
import { useJoin } from '#volunteer/join/use-join.ts'
import type { JoinForm } from '#volunteer/join/use-join.ts'
import styles from '#volunteer/join/join.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'
import { useTitle } from '#volunteer/use-title.ts'

const formId = 'join'

export interface JoinScreenProps {
  readonly membership: Membership | null
  /** What stands here without a link speaks with the words of the further screens too; the form does with those of the first. */
  readonly areWordsComplete: boolean
  /** For who is a member already. */
  readonly children: ReactNode
}

/** The way in: a link is enough, no password and no e-mail. */
export function JoinScreen({ membership, areWordsComplete, children }: JoinScreenProps) {
  const { say } = useWords()
  const join = useJoin(membership)
  useTitle(say('join.heading'))
  const header = <PageHeader title={say('app.name')} />
  if (join.invite === null) return <Page header={header}><NoLink areWordsComplete={areWordsComplete} /></Page>
  // Who has become one just now is on the way home.
  if (membership !== null && !join.isJoining) return children
  return (
    <Page header={header} footer={<BottomBar><JoinSubmit join={join} /></BottomBar>}>
      <PageTitle title={say('join.heading')}>{say('join.intro')}</PageTitle>
      <JoinFields join={join} />
    </Page>
  )
}

export function JoinSubmit({ join }: { readonly join: JoinForm }) {
  const { say } = useWords()
  return <Button look="main" type="submit" form={formId} isDisabled={join.isJoining}>{say(join.isJoining ? 'join.joining' : 'join.submit')}</Button>
}

export function JoinFields({ join }: { readonly join: JoinForm }) {
  const { say, locale } = useWords()
  const awaited = useAwaitedLanguage()
  const [isTried, setTried] = useState(false)
  const isNameless = join.name.trim() === ''
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (isNameless) document.getElementById('join-name')?.focus()
    else join.onJoin()
  }
  return (
    <form id={formId} className={styles.form} noValidate onSubmit={handleSubmit}>
      <ChooseOne label={say('join.language')} hint={awaited?.text} layout="inline" choices={locales.map((value) => ({ value, label: ownNames[value], lang: value, dir: directionOf(value) }))} value={awaited?.locale ?? (isLocale(locale) ? locale : null)} onChange={join.onLanguage} />
      <AwaitedAloud />
      <TextInput id="join-name" label={say('join.name')} hint={say('join.nameHint')} error={isTried && isNameless ? say('join.nameMissing') : undefined} value={join.name} maxLength={80} autoComplete="off" onChange={join.onName} />
      <TextInput label={say('join.organisation')} hint={say('join.organisationHint')} optional={say('optional')} value={join.organisation} maxLength={120} autoComplete="organization" onChange={join.onOrganisation} />
      <Note>{say('join.key')}</Note>
      <Note icon="cloud" title={say('join.once')} />
      <InView answer={join.trouble}><div role="alert">{join.trouble === null ? null : <Note tone="stop" icon="warning">{join.trouble}</Note>}</div></InView>
    </form>
  )
}
