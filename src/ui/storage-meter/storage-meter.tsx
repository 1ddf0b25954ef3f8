import styles from '#ui/storage-meter/storage-meter.module.css'

export interface StorageMeterProps {
  /** Bytes used by the app, those still only here among them. */
  readonly usedBytes: number
  readonly onlyHereBytes: number
  /** Bytes the app may use in all. */
  readonly quotaBytes: number
  /** The whole picture in words, for those who do not see it. */
  readonly label: string
  readonly legend: { readonly kept: string; readonly onlyHere: string; readonly free: string }
}

const width = 320

export function StorageMeter({ usedBytes, onlyHereBytes, quotaBytes, label, legend }: StorageMeterProps) {
  const used = lengthOf(usedBytes, quotaBytes)
  const onlyHere = Math.min(used, lengthOf(onlyHereBytes, quotaBytes))
  return (
    <div className={styles.storage}>
      <svg className={styles.meter} viewBox={`0 0 ${width} 12`} preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.ground} width={width} height="12" rx="3" />
        <rect className={styles.kept} width={used - onlyHere} height="12" rx="2" />
        <rect className={styles.onlyHere} x={used - onlyHere} width={onlyHere} height="12" rx="2" />
      </svg>
      <p className="visually-hidden">{label}</p>
      <ul className={styles.legend}>
        <li><Key className={styles.kept} />{legend.kept}</li>
        <li><Key className={styles.onlyHere} />{legend.onlyHere}</li>
        <li>{legend.free}</li>
      </ul>
    </div>
  )
}

function Key({ className }: { readonly className: string | undefined }) {
  return <svg viewBox="0 0 12 12" aria-hidden="true"><rect className={className} width="12" height="12" rx="3" /></svg>
}

/** Something that is there is never too small to be seen. */
function lengthOf(bytes: number, quotaBytes: number): number {
  if (bytes <= 0 || quotaBytes <= 0) return 0
  return Math.min(width, Math.max(4, Math.round((bytes / quotaBytes) * width)))
}
