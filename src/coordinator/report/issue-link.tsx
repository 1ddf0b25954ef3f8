import { useState } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import { QrCode } from '#coordinator/people/qr-code.tsx'
import own from '#coordinator/report/issues.module.css'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'

/** The public page of an issue: opened, copied, scanned. */
export function IssueLink({ url, number, isOpen = false }: { readonly url: string; readonly number: number; /** The code is shown at once. */ readonly isOpen?: boolean }) {
  const { ground } = useDesk()
  const { say } = useWriting()
  const [copied, setCopied] = useState<boolean | null>(null)
  const [isDrawn, setDrawn] = useState(isOpen)
  const whole = new URL(url, location.href).href
  return (
    <div className={own.link}>
      <div className={styles.acts}>
        <ButtonLink icon="report" href={whole} target="_blank" rel="noopener">{say('write.issue.open')}</ButtonLink>
        <Button icon="link" onClick={() => void ground.copyText(whole).then(setCopied)}>{say('write.issue.copy')}</Button>
      </div>
      <p role="status" className={styles.quiet}>{copied === null ? '' : say(copied ? 'write.issue.copied' : 'write.issue.copyFailed')}</p>
      <Fold summary={say('write.issue.qr')} isOpen={isOpen} onToggle={setDrawn}>
        <TextInput label={say('write.issue.link')} dir="ltr" readOnly value={whole} onChange={() => {}} onFocus={(event) => event.target.select()} />
        {isDrawn ? <QrCode text={whole} label={say('write.issue.qrOf', { number })} /> : null}
      </Fold>
    </div>
  )
}
