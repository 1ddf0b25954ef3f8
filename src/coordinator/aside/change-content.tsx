import type { ChangeEnvelope } from '#domain/change.ts'
import styles from '#coordinator/aside/aside.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'

interface Line {
  readonly name: string
  readonly text: string
}

type Fields = Readonly<Record<string, unknown>>

/** What a change says, as far as it can be read: nothing of it is trusted to have the right form. */
export function ChangeContent({ change }: { readonly change: ChangeEnvelope }) {
  const { words } = useDesk()
  const lines = linesOf(change.type, fieldsOf(change.body), words)
  if (lines.length === 0) return null
  return (
    <dl className={styles.content}>
      {lines.map(({ name, text }) => <div key={name}><dt>{name}</dt><dd><bdi>{text}</bdi></dd></div>)}
    </dl>
  )
}

function linesOf(type: string, body: Fields, words: DeskWords): readonly Line[] {
  switch (type) {
    case 'record':
      return valueLines(fieldsOf(body['content']), words)
    case 'revise':
    case 'correct':
      return [...valueLines(fieldsOf(body['set']), words), ...textsOf(body['unset']).map((field) => ({ name: words.field(field), text: words.say('aside.takenAway') }))]
    case 'decide':
      return decisionLines(body, words)
    default:
      return Object.entries(body).filter(([name, value]) => typeof value === 'string' && name !== 'lang').map(([name, value]) => ({ name: name === 'reason' ? words.say('aside.reason') : name === 'text' ? words.say('aside.text') : name, text: String(value) }))
  }
}

/** The words first, then the other fields in the order in which they were given; what only machines read is left out. */
function valueLines(content: Fields, words: DeskWords): readonly Line[] {
  const given = Object.entries(content).filter(([field]) => field !== 'description' && field !== 'lang' && field !== 'photos' && field !== 'audio')
  const all = content['description'] === undefined ? given : [['description', content['description']] as const, ...given]
  return all.map(([field, value]) => ({ name: words.field(field), text: words.value(field, value) }))
}

function decisionLines(body: Fields, words: DeskWords): readonly Line[] {
  const { verdict, reason, questions } = body
  const asked = Array.isArray(questions) ? questions.map((question: unknown) => fieldsOf(question)) : []
  return [
    ...(verdict === 'approve' || verdict === 'askBack' || verdict === 'reject' || verdict === 'reopen' ? [{ name: words.say('decide.legend'), text: words.say(`verdictDone.${verdict}`) }] : []),
    ...(typeof reason === 'string' ? [{ name: words.say('aside.reason'), text: reason }] : []),
    ...asked.flatMap(({ field, text }) => (typeof field === 'string' && typeof text === 'string' ? [{ name: words.field(field), text }] : [])),
  ]
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
