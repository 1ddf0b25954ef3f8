import { useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { SaveProblem } from '#device/device.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'
import type { PlacePrecision } from '#domain/disclosure.ts'
import type { Kind } from '#domain/entry.ts'
import type { EntryId } from '#domain/ids.ts'
import { ButtonLink } from '#ui/button/button.tsx'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { Note } from '#ui/note/note.tsx'
import { PageHeader } from '#ui/page-header/page-header.tsx'
import { Page } from '#ui/page/page.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { behindHere } from '#volunteer/record/draft-history.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface Beginning {
  readonly kind: Kind
  readonly updateOf?: EntryId
  readonly fields: Readonly<Record<string, unknown>>
  readonly step: string
  /** Of an update: what its author chose for the entry before. */
  readonly placePrecision?: PlacePrecision
}

/** Begins the draft once it is known with what, and goes to its first step. A phone that has no room for it says so: there is nothing else on this screen. */
export function BeginDraft({ beginning }: { readonly beginning: Beginning | null }) {
  const { say } = useWords()
  const device = useDevice()
  const [, navigate] = useLocation()
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  const isBegun = useRef(false)

  useEffect(() => {
    // One tap makes one draft, although React may run an effect twice.
    if (beginning === null || isBegun.current) return
    isBegun.current = true
    const { kind, updateOf, fields, step, placePrecision } = beginning
    const begin = async (): Promise<void> => {
      const { id } = await device.createDraft(kind, updateOf)
      const written = await device.writeDraft(id, { fields, step, ...(placePrecision === undefined ? {} : { placePrecision }) })
      if (written.ok) return navigate(`/record/${id}/${step}`, { replace: true, state: behindHere() })
      // Without what stands in every new draft it would ask for what is asked nowhere.
      await device.discardDraft(id).catch(() => undefined)
      setProblem(written.problem)
    }
    void begin().catch((error: unknown) => setProblem(saveProblemOf(error)))
  }, [beginning, device, navigate])

  return (
    <Page header={<PageHeader title={say('title.home')} />}>
      {problem === null ? <BlankLines count={5} label={say('loading')} /> : (
        <>
          {problem.kind === 'storage-full' ? <Note tone="stop" icon="warning" live="alert">{say('record.noRoom')}</Note> : <SaveProblemNote problem={problem} />}
          <Link href="/" asChild><ButtonLink>{say('missingPageHome')}</ButtonLink></Link>
        </>
      )}
    </Page>
  )
}
