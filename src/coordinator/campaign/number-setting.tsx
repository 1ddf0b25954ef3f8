import { useState } from 'react'
import styles from '#coordinator/campaign/campaign.module.css'
import type { SettingsForm } from '#coordinator/campaign/use-settings.ts'
import { typedNumber } from '#ui/number-input/typed-number.ts'
import { TextInput } from '#ui/text-input/text-input.tsx'

interface NumberSettingProps {
  readonly form: SettingsForm
  readonly setting: 'retentionMonths' | 'secondReading'
  readonly label: string
  readonly hint: string
  readonly least: number
  readonly most: number
  /** Said at the field while what is typed is no number from `least` to `most`. */
  readonly error: string
  /** What an empty field says; undefined where it has to say something. */
  readonly empty: number | null | undefined
}

/** A number among the settings. What is none keeps everything from being saved: the beginning of 360 is 36, and somebody's words hang on it. */
export function NumberSetting({ form, setting, label, hint, least, most, error, empty }: NumberSettingProps) {
  const [typed, setTyped] = useState('')
  const isUnclear = form.unclear.includes(setting)
  const value = form.value(setting)
  const handleChange = (next: string): void => {
    const text = next.trim()
    setTyped(text)
    const wanted = typedNumber(text) ?? NaN
    const number = text === '' ? empty : wanted >= least && wanted <= most ? wanted : undefined
    if (number === undefined) form.leaveUnclear(setting)
    else form.set({ [setting]: number })
  }
  return <div className={styles.narrow}><TextInput label={label} hint={hint} inputMode="numeric" autoComplete="off" value={isUnclear ? typed : typeof value === 'number' ? String(value) : empty === undefined ? String(least) : ''} error={isUnclear ? error : undefined} onChange={handleChange} /></div>
}
