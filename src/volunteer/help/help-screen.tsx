import { useState } from 'react'
import { Link } from 'wouter'
import { ButtonLink } from '#ui/button/button.tsx'
import { EmptyState } from '#ui/empty-state/empty-state.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page } from '#ui/page/page.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { Picture } from '#volunteer/help/picture.tsx'
import { topicsWith } from '#volunteer/help/topics.ts'
import type { HelpTopic } from '#volunteer/help/topics.ts'
import styles from '#volunteer/help/help.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'
import { useTitle } from '#volunteer/use-title.ts'

/** How it all works, in a picture and a few sentences a topic; all of it is on the phone. */
export function HelpScreen() {
  const { say } = useWords()
  useTitle(say('help.heading'))
  const isMember = useWatch(useDevice().membership) !== null
  const [typed, setTyped] = useState('')
  const found = topicsWith(typed, (topic) => [say(`help.${topic.id}`), ...sentencesOf(topic, say)].join(' '))
  return (
    <Page header={<PageHeader start={<Link href="/settings" asChild><IconLink icon="back" label={say('back')} /></Link>} title={say('help.heading')} isHeading />}>
      {isMember ? <Link href="/practice" asChild><ButtonLink icon="edit" isWide>{say('help.practice')}</ButtonLink></Link> : null}
      <TextInput type="search" label={say('help.search')} value={typed} onChange={setTyped} autoComplete="off" />
      <div>
        <div role="status">{found.length === 0 ? <EmptyState>{say('help.nothing')}</EmptyState> : null}</div>
        <div className={styles.topics}>{found.map((topic) => <Topic key={topic.id} topic={topic} isOpen={typed.trim() !== '' && found.length < 3} />)}</div>
      </div>
    </Page>
  )
}

function Topic({ topic, isOpen }: { readonly topic: HelpTopic; readonly isOpen: boolean }) {
  const { say } = useWords()
  return (
    <Fold summary={say(`help.${topic.id}`)} isOpen={isOpen}>
      <div className={styles.topic}>
        <Picture name={topic.picture} />
        {sentencesOf(topic, say).map((sentence) => <p key={sentence}>{sentence}</p>)}
        {topic.id === 'install' ? <Link href="/install" asChild><ButtonLink>{say('help.installHow')}</ButtonLink></Link> : null}
      </div>
    </Fold>
  )
}

function sentencesOf({ id, steps }: HelpTopic, say: Words['say']): readonly string[] {
  return ([1, 2, 3, 4] as const).slice(0, steps).map((step) => say(`help.${id}.${step}` as Parameters<Words['say']>[0]))
}
