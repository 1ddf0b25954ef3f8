import { useState } from 'react'
import type { FormEvent } from 'react'
import { useLocation } from 'wouter'
import { Button } from '#ui/button/button.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'
import styles from '#volunteer/campaigns/campaigns.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** An invite that came to another app, which would open it in a browser that knows nobody. */
export function PasteLink() {
  const { say } = useWords()
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [isWrong, setWrong] = useState(false)
  const handleSubmit = (event: FormEvent): void => {
    event.preventDefault()
    // The message may name other pages, too.
    const secret = (/\/join#([\w-]{22,64})(?![\w-])/.exec(text) ?? /#([\w-]{22,64})(?![\w-])/.exec(text))?.[1]
    setWrong(secret === undefined)
    if (secret !== undefined) navigate(`/join#${secret}`)
  }
  return (
    <form autoComplete="off" className={styles.form} noValidate onSubmit={handleSubmit}>
      <TextInput label={say('campaigns.link')} hint={say('campaigns.joinHint')} error={isWrong ? say('campaigns.linkWrong') : undefined} type="url" dir="ltr" autoComplete="off" spellCheck={false} value={text} onChange={setText} />
      <Button type="submit">{say('campaigns.linkGo')}</Button>
    </form>
  )
}
