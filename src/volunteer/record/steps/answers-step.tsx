import { coverages } from '#domain/codes/code-lists.ts'
import type { Draft } from '#device/device.ts'
import { apart } from '#i18n/apart.ts'
import { Tile } from '#ui/choice/choice.tsx'
import { FieldGroup } from '#ui/field/field.tsx'
import { PageTitle } from '#ui/page/page.tsx'
import { Segmented } from '#ui/segmented/segmented.tsx'
import { Words } from '#ui/words/words.tsx'
import { sayAccuracy } from '#volunteer/fields/accuracy-words.ts'
import { textOf } from '#volunteer/fields/values.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { answerableFor } from '#volunteer/record/answerable.ts'
import type { Answerable } from '#volunteer/record/answerable.ts'
import styles from '#volunteer/record/record.module.css'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useVolunteering, useWords } from '#volunteer/volunteer-context.tsx'

/** Which challenges the action answers. "None listed" is an answer too: it tells "nothing fits" from "not asked". */
export function AnswersStep({ draft, content, keeper, errorOf }: StepProps) {
  const { ground, words } = useVolunteering()
  const device = useDevice()
  const challenges = answerableFor(content, useWatch(device.entries) ?? [], useWatch(device.digests) ?? [], new Set(draft.answers.map(({ to }) => to)))
  const lastContactAt = useWatch(device.sync)?.lastContactAt ?? null

  function handleToggle(to: Answerable['id'], isChosen: boolean): void {
    if (isChosen && content.noneListed === true) keeper.choose({ noneListed: undefined })
    keeper.answer(isChosen ? [...draft.answers, { to, coverage: 'unknown' }] : draft.answers.filter((answer) => answer.to !== to))
  }
  function handleNone(isChosen: boolean): void {
    if (isChosen && draft.answers.length > 0) keeper.answer([])
    keeper.choose({ noneListed: isChosen ? true : undefined })
  }

  function hint(): string {
    if (challenges.length === 0) return words.say('record.answers.empty')
    const place = textOf(content.placeName) === '' ? textOf(content.adm1Name) : textOf(content.placeName)
    return place === '' || challenges[0]?.nearness === 'country' ? words.say('record.answers.hint') : words.say('record.answers.near', { place })
  }

  return (
    <>
      <PageTitle title={words.say('record.answers.heading')}>{hint()}</PageTitle>
      <FieldGroup legend="hidden" label={words.say('record.answers.heading')} error={errorOf('noneListed')}>
        <ul className={styles.group}>
          {challenges.map((challenge) => (
            <li key={challenge.id} className={styles.group}>
              <ChallengeTile challenge={challenge} isChosen={draft.answers.some((answer) => answer.to === challenge.id)} onChange={(isChosen) => handleToggle(challenge.id, isChosen)} />
              <Coverage challenge={challenge} answers={draft.answers} onChange={keeper.answer} />
            </li>
          ))}
          <li className={styles.group}>
            <Tile type="checkbox" isNone label={words.say('record.answers.none')} note={words.say('record.answers.noneHint')} isChosen={content.noneListed === true} onChange={handleNone} />
          </li>
        </ul>
      </FieldGroup>
      {lastContactAt === null ? null : <p className={styles.quietLine}>{words.say('record.answers.age', { when: words.format.ago(lastContactAt, ground.now()) })}</p>}
    </>
  )
}

function ChallengeTile({ challenge, isChosen, onChange }: { readonly challenge: Answerable; readonly isChosen: boolean; readonly onChange: (isChosen: boolean) => void }) {
  const words = useWords()
  const far = challenge.km === null ? undefined : challenge.km < 1 ? words.say('record.answers.here') : sayAccuracy(words, challenge.km * 1000)
  const about = [words.code('topic', challenge.topic), words.format.commas([challenge.place, far].filter((part) => part !== undefined).map((part) => apart(words.locale, part))), challenge.isMine ? words.say('record.answers.mine') : '']
  return <Tile type="checkbox" label={challenge.text === '' ? words.say('home.voiceOnly') : <Words as="span">{challenge.text}</Words>} note={about.filter((part) => part !== '').join(' · ')} isChosen={isChosen} onChange={onChange} />
}

function Coverage({ challenge, answers, onChange }: { readonly challenge: Answerable; readonly answers: Draft['answers']; readonly onChange: (answers: Draft['answers']) => void }) {
  const words = useWords()
  const answer = answers.find(({ to }) => to === challenge.id)
  if (answer === undefined) return null
  return (
    <Segmented
      label={words.say('record.answers.coverage')}
      segments={coverages.map((code) => ({ value: code as string, label: words.code('coverage', code) }))}
      value={answer.coverage}
      onChange={(coverage) => onChange(answers.map((other) => (other.to === challenge.id ? { ...other, coverage } : other)))}
    />
  )
}
