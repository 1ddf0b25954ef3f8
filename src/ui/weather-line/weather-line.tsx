import type { ReactNode } from 'react'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import styles from '#ui/weather-line/weather-line.module.css'

const icons = { offline: 'offline', sending: 'send', unreachable: 'offline', joinAgain: 'link', full: 'storage', alarm: 'warning' } as const satisfies Readonly<Record<string, IconName>>

/** What the connection is like. While all is well there is no line at all. */
export type Weather = keyof typeof icons

export interface WeatherLineProps {
  /** `null` draws nothing, but keeps the place from which a change is read out. */
  readonly weather: Weather | null
  readonly children?: ReactNode
  readonly action?: ReactNode
}

export function WeatherLine({ weather, children, action }: WeatherLineProps) {
  return (
    <output className={styles.place}>
      {weather === null ? null : (
        <span className={styles.line} data-weather={weather}>
          <Icon name={icons[weather]} size="s" />
          <span className={styles.words}>{children}</span>
          {action}
        </span>
      )}
    </output>
  )
}
