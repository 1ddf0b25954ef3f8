import { useEffect, useState } from 'react'
import type { ApiProblem, Device } from '#device/device.ts'
import type { CampaignResponse, CampaignSetting } from '#protocol/campaign.ts'
import { changedSettings, clashOf, savedSetting, withoutSaved } from '#coordinator/campaign/setting-values.ts'
import type { SettingsDraft } from '#coordinator/campaign/setting-values.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useLeaveWarning } from '#coordinator/shell/use-leave-warning.ts'

export interface SettingsForm {
  readonly saved: CampaignResponse
  /** A setting as it stands in the form. */
  readonly value: (setting: CampaignSetting) => unknown
  readonly set: (draft: SettingsDraft) => void
  /** Settings whose field holds something that they cannot be: they stand as they are saved, and nothing is saved meanwhile. */
  readonly unclear: readonly CampaignSetting[]
  readonly leaveUnclear: (setting: CampaignSetting) => void
  readonly unsaved: number
  readonly step: 'idle' | 'saving' | 'saved'
  readonly problem: ApiProblem | null
  readonly clash: ReturnType<typeof clashOf>
  readonly onSave: () => void
  readonly onDiscard: () => void
}

/** What was typed and not saved, with the revision over which it was typed: whoever looks at another page of the desk finds it again, beside what others have saved since. */
const left = new WeakMap<Device, { readonly revision: number; readonly draft: SettingsDraft }>()

/** What is typed beside what is saved. What somebody else saved meanwhile is shown; only where both changed the same thing a person has to look. */
export function useSettings(first: CampaignResponse): SettingsForm {
  const { device } = useDesk()
  const [begun] = useState(() => left.get(device))
  const [saved, setSaved] = useState(first)
  const [draft, setDraft] = useState<SettingsDraft>(begun?.draft ?? {})
  const [unclear, setUnclear] = useState<readonly CampaignSetting[]>([])
  const [step, setStep] = useState<SettingsForm['step']>('idle')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [clash, setClash] = useState<SettingsForm['clash']>(() => (begun === undefined ? null : clashOf(first, begun.revision, begun.draft)))
  const changed = changedSettings(saved, draft)
  const unsaved = Object.keys(changed).length
  useLeaveWarning(unsaved + unclear.length > 0)
  useEffect(() => {
    // Of a clash that nobody has answered the former revision is kept: it is still one when they come back.
    if (unsaved > 0) left.set(device, { revision: clash === null ? (saved.campaign.revision ?? 0) : (left.get(device)?.revision ?? 0), draft })
    else left.delete(device)
  }, [device, saved, draft, unsaved, clash])

  function keep(next: CampaignResponse, sent: SettingsDraft): void {
    setSaved(next)
    // What was typed while the answer was awaited is not saved yet.
    setDraft((now) => withoutSaved(now, sent))
    setClash(null)
    setStep('saved')
  }
  async function save(base: CampaignResponse): Promise<void> {
    const revision = base.campaign.revision ?? 0
    const result = await device.api.changeCampaign({ revision, set: changed })
    if (result.ok) return keep(result.value, changed)
    if (result.problem.code !== 'precondition-failed') return stop(result.problem)
    const fresh = await device.api.campaign()
    if (!fresh.ok) return stop(fresh.problem)
    setSaved(fresh.value)
    const found = clashOf(fresh.value, revision, changed)
    // The others changed something else: both changes can stand.
    if (found === null) return save(fresh.value)
    setClash(found)
    setStep('idle')
  }
  function stop(found: ApiProblem): void {
    setProblem(found)
    setStep('idle')
  }
  return {
    saved, unsaved, unclear, step, problem, clash,
    value: (setting) => (Object.hasOwn(draft, setting) ? draft[setting] : savedSetting(saved, setting)),
    set: (more) => {
      setDraft((now) => ({ ...now, ...more }))
      setUnclear((now) => now.filter((setting) => !Object.hasOwn(more, setting)))
      setStep('idle')
      setProblem(null)
    },
    leaveUnclear: (setting) => {
      setDraft((now) => Object.fromEntries(Object.entries(now).filter(([name]) => name !== setting)))
      setUnclear((now) => [...now.filter((other) => other !== setting), setting])
      setStep('idle')
    },
    onSave: () => {
      setStep('saving')
      setProblem(null)
      void save(saved)
    },
    onDiscard: () => {
      setDraft({})
      setUnclear([])
      setClash(null)
      setProblem(null)
    },
  }
}
