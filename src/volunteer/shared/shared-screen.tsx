import { useState } from 'react'
import { Link } from 'wouter'
import type { Membership } from '#device/device.ts'
import type { SharedBatch } from '#device/media/shared.ts'
import { kinds } from '#domain/kinds.ts'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { BlankLines, EmptyState } from '#ui/empty-state/empty-state.tsx'
import { IconLink } from '#ui/icon-button/icon-button.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page, Section } from '#ui/page/page.tsx'
import { Words } from '#ui/words/words.tsx'
import { sayCounts } from '#volunteer/counts.ts'
import { oneBehind } from '#volunteer/record/draft-history.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { SharedPictures } from '#volunteer/shared/shared-pictures.tsx'
import styles from '#volunteer/shared/shared.module.css'
import { useShared } from '#volunteer/shared/use-shared.ts'
import { useTitle } from '#volunteer/use-title.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** What came from another app, and the question what it shall become. Before joining it is kept, and that is said. */
export function SharedScreen({ membership }: { readonly membership: Membership | null }) {
  const { say } = useWords()
  const { batches, begun, problem, isMaking, onBegin, onDrop } = useShared(membership)
  const [asked, setAsked] = useState<SharedBatch | null>(null)
  const [hasFailed] = useState(() => new URLSearchParams(location.search).has('failed'))
  useTitle(say('shared.heading'))
  return (
    <Page header={<PageHeader start={<Link href="/" asChild><IconLink icon="back" label={say('back')} /></Link>} title={say('shared.heading')} isHeading />}>
      <div role="status" className={styles.notes}>
        {hasFailed ? <Note tone="stop" icon="warning">{say('shared.failed')}</Note> : null}
        {isMaking ? <p>{say('shared.making')}</p> : null}
        {begun === null ? null : (
          <Note tone="ask" actions={<Link href={`/record/${begun.draft}/${begun.step}`} state={oneBehind} asChild><ButtonLink look="main">{say('shared.goOn')}</ButtonLink></Link>}>
            {say('shared.left', { count: begun.rest.files.length })}
          </Note>
        )}
      </div>
      <SaveProblemNote problem={problem} />
      {batches === undefined ? <BlankLines count={4} label={say('loading')} /> : null}
      {batches?.length === 0 && !hasFailed ? <EmptyState action={<Link href="/" asChild><ButtonLink>{say('missingPageHome')}</ButtonLink></Link>}>{say('shared.nothing')}</EmptyState> : null}
      {batches !== undefined && batches.length > 0 && membership === null ? <Note tone="ask" icon="link">{say('shared.joinFirst')}</Note> : null}
      {batches?.map((batch) => <Batch key={batch.id} batch={batch} isJoined={membership !== null} isMaking={isMaking} onBegin={onBegin} onAsk={setAsked} />)}
      {asked === null ? null : (
        <ConfirmDialog title={say('shared.dropTitle')} cancelLabel={say('cancel')} confirmLabel={say('shared.drop')} isHarmful onCancel={() => setAsked(null)} onConfirm={() => {
          onDrop(asked)
          setAsked(null)
        }}>{say('shared.dropText')}</ConfirmDialog>
      )}
    </Page>
  )
}

interface BatchProps {
  readonly batch: SharedBatch
  readonly isJoined: boolean
  readonly isMaking: boolean
  readonly onBegin: ReturnType<typeof useShared>['onBegin']
  readonly onAsk: (batch: SharedBatch) => void
}

function Batch({ batch, isJoined, isMaking, onBegin, onAsk }: BatchProps) {
  const words = useWords()
  const { say } = words
  const title = batch.files.length === 0 ? say('shared.text') : sayCounts(words, { photos: batch.files.length })
  return (
    <Section title={title} look="words">
      {batch.text === '' ? null : <Words as="blockquote">{batch.text}</Words>}
      <SharedPictures batch={batch} />
      {batch.notKept === undefined ? null : <Note tone="ask" icon="warning">{say('shared.notKept', { count: batch.notKept })}</Note>}
      {isJoined ? (
        <>
          <p className={styles.quiet}>{say('shared.which')}</p>
          <div className={styles.acts}>
            {kinds.map((kind) => <Button key={kind} icon={kind} isWide isDisabled={isMaking} onClick={() => onBegin(kind, batch)}>{say(`home.${kind}`)}</Button>)}
          </div>
        </>
      ) : null}
      <Button look="plain" icon="bin" isDisabled={isMaking} onClick={() => onAsk(batch)}>{say('shared.drop')}</Button>
    </Section>
  )
}
