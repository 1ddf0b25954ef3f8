import { useState } from 'react'
import { useLocation } from 'wouter'
import type { ApiProblem, Device, Membership } from '#device/device.ts'
import type { Result } from '#domain/result.ts'
import type { Locale } from '#i18n/locale.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import { keepWish } from '#volunteer/keep-wish.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'
import type { Words } from '#volunteer/words.ts'

export interface JoinForm {
  readonly invite: string | null
  readonly name: string
  readonly organisation: string
  readonly isJoining: boolean
  /** What went wrong, with what to do. */
  readonly trouble: string | null
  readonly onName: (name: string) => void
  readonly onOrganisation: (organisation: string) => void
  readonly onLanguage: (locale: Locale) => void
  readonly onJoin: () => void
}

/** Where else somebody joins than in the place that is open. */
export interface JoinElsewhere {
  readonly join: (request: Parameters<Device['join']>[0]) => Promise<Result<string, ApiProblem>>
  readonly onJoined: (database: string) => void
}

/** The secret stands behind the `#` of the address: browsers never send that part anywhere. */
export function useJoin(before: Membership | null, elsewhere?: JoinElsewhere): JoinForm {
  const device = useDevice()
  const words = useWords()
  const [, navigate] = useLocation()
  const [invite] = useState(() => inviteIn(location.hash))
  const [name, setName] = useState(before?.member.name ?? '')
  const [organisation, setOrganisation] = useState(before?.member.organisation ?? '')
  const [isJoining, setJoining] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)

  async function join(secret: string): Promise<void> {
    setJoining(true)
    setTrouble(null)
    const group = organisation.trim()
    const request = { invite: secret, name: name.trim(), language: words.locale, ...(group === '' ? {} : { organisation: group }) }
    // Name and key are kept before the server is asked: a phone without room for them fails here, and has used up nothing.
    const joined = await (elsewhere?.join ?? device.join)(request).catch(() => null)
    if (joined === null) {
      setJoining(false)
      return setTrouble(words.say('join.notKept'))
    }
    if (!joined.ok) {
      setJoining(false)
      return setTrouble(sayTrouble(words, joined.problem))
    }
    return typeof joined.value === 'string' ? elsewhere?.onJoined(joined.value) : navigate('/', { replace: true })
  }

  return {
    invite, name, organisation, isJoining, trouble,
    onName: setName,
    onOrganisation: setOrganisation,
    onLanguage: (language) => void keepWish(device, { language }),
    onJoin: () => {
      if (invite !== null && !isJoining) void join(invite)
    },
  }
}

/** Without what stood behind the link in the message that it came in: a full stop, a bracket, a space. */
export function inviteIn(hash: string): string | null {
  return /^#([\w-]+)/.exec(hash)?.[1] ?? null
}

export function sayTrouble({ say, areWhole }: Words, problem: ApiProblem): string {
  if (problem.by === 'between' && areWhole) return say('join.between')
  if (problem.kind !== 'refused') return say(`join.${problem.kind}`)
  return problem.code === 'invite-invalid' ? say('join.invite-invalid') : say('join.refused', { code: problem.code })
}
