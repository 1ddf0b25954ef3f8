import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import type { WritingPart } from '#coordinator/report/writing-state.ts'
import { problemText } from '#coordinator/shell/problem-note.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import type { IconName } from '#ui/icon/icon.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** Where the words are: with the server, on this device, or why they are not. What lasts a moment is only shown: a screen reader would say it at each rest of the typing. */
export function KeptWord({ one }: { readonly one: WritingPart }) {
  const { ground, words } = useDesk()
  const { writing, say } = useWriting()
  const { tone, icon, text } = wordOf(one, say, words.say)
  const isPassing = one.problem === null && one.missing === null && (one.standing === 'typing' || one.standing === 'here' || one.standing === 'saving')
  const said = <><Icon name={icon} size="text" />{text}</>
  return (
    <span className={styles.kept} data-tone={tone}>
      <span className={styles.keptText}>{isPassing ? said : null}<span role="status" className={styles.keptText}>{isPassing ? null : said}</span></span>
      {one.standing === 'failed' || one.problem?.kind === 'unreachable' ? <TextButton onClick={() => writing.leave()}>{say('write.kept.retry')}</TextButton> : null}
      {one.standing === 'saved' && one.by !== null && one.at !== null ? <span className={styles.quiet}>{say('write.kept.by', { name: one.by.name, ago: words.time.ago(one.at, ground.now()) })}</span> : null}
    </span>
  )
}

interface Word {
  readonly tone: 'done' | 'ask' | 'stop' | 'plain'
  readonly icon: IconName
  readonly text: string
}

function wordOf({ standing, missing, problem, isKept }: WritingPart, say: ReturnType<typeof useWriting>['say'], sayDesk: Parameters<typeof problemText>[1]): Word {
  if (standing === 'saved') return { tone: 'done', icon: 'check', text: say('write.kept.saved') }
  if (standing === 'saving') return { tone: 'plain', icon: 'send', text: say('write.kept.saving') }
  if (standing === 'failed' && problem !== null) return { tone: 'stop', icon: 'warning', text: say('write.kept.failed', { why: problemText(problem, sayDesk) }) }
  if (standing === 'typing' && !isKept) return problem === null ? { tone: 'plain', icon: 'edit', text: say('write.kept.typing') } : { tone: 'stop', icon: 'warning', text: say('write.kept.nowhere') }
  if (missing !== null) return { tone: 'ask', icon: 'storage', text: say(`write.missing.${missing}`) }
  return { tone: 'ask', icon: 'storage', text: say(problem === null ? 'write.kept.here' : 'write.kept.hereOffline') }
}
