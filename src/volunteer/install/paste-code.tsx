import { useState } from 'react'
import type { FormEvent } from 'react'
import { useLocation } from 'wouter'
import type { ApiProblem } from '#device/device.ts'
import { Button } from '#ui/button/button.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { installWayOf } from '#volunteer/install/install-way.ts'
import styles from '#volunteer/install/install.module.css'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

/** The other end of the move, for somebody who has no link but a notebook in the browser. */
export function PasteCode() {
  const { ground, words } = useVolunteering()
  const { say } = words
  const device = useDevice()
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [isJoining, setJoining] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  async function join(): Promise<void> {
    setJoining(true)
    setProblem(null)
    const joined = await device.joinByCode(text, words.locale)
    setJoining(false)
    if (joined.ok) navigate('/', { replace: true })
    else setProblem(joined.problem)
  }
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isJoining) void join()
  }
  return (
    <Fold summary={say('moving.paste')} isOpen={installWayOf(ground.browsing()) === 'installed'}>
      <form autoComplete="off" className={styles.paste} noValidate onSubmit={handleSubmit}>
        <p>{say('moving.pasteHint')}</p>
        <TextArea label={say('moving.pasteLabel')} rows={3} dir="ltr" autoComplete="off" spellCheck={false} value={text} onChange={setText} error={problem === null ? undefined : sayProblem(words, problem)} />
        <Button look="main" type="submit" isWide isDisabled={isJoining}>{say(isJoining ? 'join.joining' : 'moving.pasteSubmit')}</Button>
      </form>
    </Fold>
  )
}

function sayProblem({ say }: Words, { kind, code }: ApiProblem): string {
  if (kind !== 'refused') return say(`join.${kind}`)
  if (code === 'not-a-code') return say('moving.pasteWrong')
  if (code === 'storage-full' || code === 'storage-failed') return say('moving.pasteNotKept')
  return code === 'invite-invalid' ? say('moving.pasteUsed') : say('join.refused', { code })
}
