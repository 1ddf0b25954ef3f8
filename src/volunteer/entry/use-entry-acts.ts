import { useEffect, useRef, useState } from 'react'
import type { SaveProblem } from '#device/device.ts'
import { consentUses, consentWordingVersion } from '#domain/consent.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { ChangeId, QuestionId } from '#domain/ids.ts'
import type { Result } from '#domain/result.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import type { BegunWork } from '#volunteer/entry/use-begun.ts'
import { usesCorrected } from '#volunteer/fields/consent-uses.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface EntryActs {
  /** The last thing that did not get saved, with what it was: it is told where that was done. */
  readonly problem: { readonly act: Act; readonly problem: SaveProblem } | null
  /** Something has just been saved on this phone. */
  readonly isSaved: boolean
  /** Fields with `undefined` are taken away. Resolves to true when it is kept. */
  readonly onRevise: (fields: Readonly<Record<string, unknown>>, answers: readonly QuestionId[]) => Promise<boolean>
  readonly onComment: (text: string, lang: string) => Promise<boolean>
  readonly onWithdraw: (reason: string) => Promise<boolean>
  readonly onErase: (base: ChangeId, reason: string) => Promise<boolean>
}

/** As long as the word on home: it lies over the page and must not stay there. */
const savedWordMs = 8000

type Act = 'revise' | 'comment' | 'withdraw' | 'erase'

export function useEntryActs({ id, content }: Pick<EntryState, 'id' | 'content'>, { keeper }: BegunWork): EntryActs {
  const device = useDevice()
  const { locale } = useWords()
  const [problem, setProblem] = useState<EntryActs['problem']>(null)
  const [isSaved, setSaved] = useState(false)
  useEffect(() => {
    if (!isSaved) return undefined
    const timer = setTimeout(() => setSaved(false), savedWordMs)
    return () => clearTimeout(timer)
  }, [isSaved])
  // Not a state: a second tap comes before the next drawing.
  const running = useRef(new Map<string, Promise<boolean>>())

  /** The same act once more, while it is being saved, is that act: a hand that shakes taps twice. */
  function once<Value>(act: Act, what: unknown, save: () => Promise<Result<Value, SaveProblem>>): Promise<boolean> {
    const key = JSON.stringify([act, what], (_, value: unknown) => (value === undefined ? null : value))
    const kept = running.current.get(key) ?? keep(act, save).finally(() => running.current.delete(key))
    running.current.set(key, kept)
    return kept
  }

  /** The journal first: what it still has to write must not come after the save that makes it a change. */
  async function keep<Value>(act: Act, save: () => Promise<Result<Value, SaveProblem>>): Promise<boolean> {
    setSaved(false)
    await keeper.flush()
    const saved = await save()
    setProblem(saved.ok ? null : { act, problem: saved.problem })
    setSaved(saved.ok)
    return saved.ok
  }

  return {
    problem,
    isSaved,
    onRevise: async (chosen, answers) => {
      const fields = { ...chosen, ...usesCorrected(content, chosen['consentBasis']) }
      const entries = Object.entries(isConsent(fields) ? { ...fields, consentWording: { ...(typeof fields['consentWording'] === 'object' ? fields['consentWording'] : {}), version: consentWordingVersion, lang: locale } } : fields)
      const set = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
      const unset = entries.filter(([, value]) => value === undefined).map(([field]) => field)
      const kept = await once('revise', [chosen, answers], () => device.revise(id, { set, unset, answers }))
      if (kept) keeper.saved(chosen)
      return kept
    },
    onComment: (text, lang) => once('comment', text, () => device.comment(id, text, lang)),
    onWithdraw: (reason) => once('withdraw', null, () => (reason.trim() === '' ? device.withdraw(id) : device.withdraw(id, reason.trim()))),
    onErase: (base, reason) => once('erase', null, () => device.erase(id, base, reason.trim())),
  }
}

/** A yes is given to the words that stand on the screen now. What is taken back keeps the words of the yes. */
function isConsent(fields: Readonly<Record<string, unknown>>): boolean {
  return fields['consentBasis'] !== undefined || consentUses.some((use) => fields[use] === true)
}
