import { useState } from 'react'
import type { FormEvent } from 'react'
import type { NewCampaign } from '#device/campaigns-here.ts'
import type { ApiProblem, Membership } from '#device/device.ts'
import { openCampaign } from '#device/media/chosen-database.ts'
import { apart } from '#i18n/apart.ts'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import styles from '#volunteer/campaigns/campaigns.module.css'
import { useDevice } from '#volunteer/device-context.tsx'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

interface MakeCampaignProps {
  readonly membership: Membership
  /** Where the new one is opened. */
  readonly path: string
}

/** A name is all that it takes; the rest is in its settings. */
export function MakeCampaign({ membership, path }: MakeCampaignProps) {
  const { ground, words } = useVolunteering()
  const { say } = words
  const device = useDevice()
  const [name, setName] = useState('')
  const [isTried, setTried] = useState(false)
  const [isMaking, setMaking] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | 'not-kept' | null>(null)
  // The same until it has worked, so that an answer that got lost makes no second campaign; under another name it is another one.
  const [begun, setBegun] = useState<{ readonly name: string; readonly campaign: NewCampaign } | null>(null)
  const isNameless = name.trim() === ''

  async function make(): Promise<void> {
    setMaking(true)
    setProblem(null)
    const campaigns = await device.openCampaigns().catch(() => null)
    if (campaigns === null) return failed({ kind: 'offline', code: 'not-loaded' })
    const order = begun?.name === name.trim() ? begun : { name: name.trim(), campaign: campaigns.begin() }
    setBegun(order)
    // The server's answer is a value: what is thrown is this phone's own storage, behind a campaign that is made by now.
    const made = await campaigns.found(order.campaign, order.name).catch(() => null)
    if (made?.ok === true) return (ground.openCampaign ?? openCampaign)(made.value, path)
    return failed(made === null ? 'not-kept' : made.problem)
  }
  function failed(why: ApiProblem | 'not-kept'): void {
    setMaking(false)
    setProblem(why)
  }
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!isNameless && !isMaking) void make()
  }
  return (
    <form autoComplete="off" className={styles.form} noValidate onSubmit={handleSubmit}>
      <TextInput label={say('campaigns.name')} hint={say('campaigns.makeHint', { campaign: apart(words.locale, membership.campaign.name) })} error={isTried && isNameless ? say('campaigns.nameMissing') : undefined} maxLength={120} autoComplete="off" value={name} onChange={setName} />
      <Button type="submit" isDisabled={isMaking}>{say(isMaking ? 'campaigns.making' : 'campaigns.makeSubmit')}</Button>
      <div role="alert">{problem === null ? null : <Note tone="stop" icon="warning">{sayProblem(words, problem)}</Note>}</div>
    </form>
  )
}

function sayProblem({ say }: Words, problem: ApiProblem | 'not-kept'): string {
  if (problem === 'not-kept') return say('campaigns.notKept')
  const { kind, code } = problem
  return kind === 'refused' ? say('campaigns.refused', { code }) : say(`campaigns.${kind}`)
}
