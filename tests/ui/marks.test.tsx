// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { actionTypes, sourceTypes, topics } from '#domain/codes/code-lists.ts'
import { arabic } from '#i18n/ar/language.ts'
import { english } from '#i18n/en/language.ts'
import { createFormat } from '#i18n/format.ts'
import { actionTypeIcon, sourceIcon, topicIcon } from '#ui/icon/code-icon.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { initialsOf } from '#ui/initials/initials.tsx'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { createSpeech } from '#ui/language/language.tsx'
import { Ref } from '#ui/ref/ref.tsx'
import { Severity } from '#ui/severity/severity.tsx'
import { StateMark } from '#ui/state-mark/state-mark.tsx'
import { Trail } from '#ui/trail/trail.tsx'
import { Words } from '#ui/words/words.tsx'
import { renderInArabic, renderInEnglish } from './in-language.tsx'

describe('signs', () => {
  it('[UI1] an icon is hidden from assistive technology', () => {
    const { container } = render(<Icon name="check" />)
    expect(container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true')
    expect(screen.queryByRole('img')).toBeNull()
  })

  it('[UI1] an icon with a label is an image of that name', () => {
    render(<Icon name="check" label="Done" />)
    expect(screen.getByRole('img', { name: 'Done' })).toBeDefined()
  })

  it('[UI793] a question mark turns with the direction of writing, as arrows do', () => {
    const { container } = render(<><Icon name="question" /><Icon name="back" /><Icon name="check" /></>)
    expect([...container.querySelectorAll('svg')].map((sign) => /turns/.test(sign.getAttribute('class') ?? ''))).toEqual([true, true, false])
  })

  it('[UI14] every topic, action type and source draws a sign, and no two of one list the same', () => {
    for (const names of [topics.map(topicIcon), actionTypes.map(actionTypeIcon), sourceTypes.map(sourceIcon)]) {
      const drawings = names.map((name) => render(<Icon name={name} />).container.innerHTML)
      expect(drawings.every((drawing) => /d="[Mm]/.test(drawing))).toBe(true)
      expect(new Set(drawings).size).toBe(names.length)
    }
  })
})

describe('marks', () => {
  it('[UI8] a kind is a sign and a word, also where the word is not shown', () => {
    const { container } = renderInEnglish(<><KindMark kind="challenge" /><KindMark kind="action" isWordHidden /></>)
    expect(screen.getByText('Challenge')).toBeDefined()
    expect(screen.getByText('Action')).toBeDefined()
    expect(container.querySelectorAll('svg')).toHaveLength(2)
  })

  it('[UI8] a state is a sign and words', () => {
    const { container } = render(<StateMark state="approved">Approved</StateMark>)
    expect(screen.getByText('Approved')).toBeDefined()
    expect(container.querySelectorAll('svg')).toHaveLength(1)
  })

  it('[UI8] a severity is steps, a number and a word', () => {
    const { container } = renderInEnglish(<Severity level={3} name="Severity" word="Severe" />)
    expect(container.textContent).toBe('Severity 3 · Severe')
    expect([...container.querySelectorAll('rect')].filter((bar) => bar.hasAttribute('class'))).toHaveLength(3)
  })

  it('[UI8] a word of a severity breaks behind its slash, not amid its letters', () => {
    const { container } = renderInEnglish(<Severity level={1} word="None/Minimal" />)
    expect([container.textContent, container.querySelector('wbr')?.previousSibling?.textContent]).toEqual(['1 · None/Minimal', 'None/'])
  })

  it('[UI13] a severity is numbered in the digits of the language', () => {
    const { container } = renderInArabic(<Severity level={3} />)
    expect(container.textContent).toBe(createFormat('ar').number(3))
  })

  it('[UI9] words keep their language and take their own direction', () => {
    render(<Words lang="ht">Pwofesè a voye leson yo.</Words>)
    const words = screen.getByText('Pwofesè a voye leson yo.')
    expect(words.getAttribute('lang')).toBe('ht')
    expect(words.getAttribute('dir')).toBe('auto')
  })

  it('[UI9] a ref reads left to right among Arabic words', () => {
    render(<p dir="rtl">رقم <Ref value="C-000318" /></p>)
    expect(screen.getByText('C-000318').getAttribute('dir')).toBe('ltr')
  })

  it('[UI9] initials are taken from names in any script', () => {
    expect(initialsOf('Ruth Achieng')).toBe('RA')
    expect(initialsOf('  ريما حداد ')).toBe('رح')
    expect(initialsOf('“Zé”')).toBe('Z')
    expect(initialsOf('')).toBe('?')
  })

  it('[UI10] the present step of the trail is the current one', () => {
    render(<Trail points={[
      { id: 'a', phase: 'past', icon: 'phone', title: 'Saved' },
      { id: 'b', phase: 'now', icon: 'question', title: 'A question', note: 'It waits for you.' },
      { id: 'c', phase: 'ahead', icon: 'check', title: 'Approved' },
    ]}
    />)
    const current = screen.getAllByRole('listitem').filter((item) => item.getAttribute('aria-current') === 'step')
    expect(current.map((item) => item.textContent)).toEqual(['A questionIt waits for you.'])
  })
})

describe('language', () => {
  it('[UI15] a piece that needs the language says so', () => {
    const quiet = console.error
    console.error = () => {}
    expect(() => render(<KindMark kind="action" />)).toThrow('outside of LanguageProvider')
    console.error = quiet
  })

  it('[UI13] speech has the direction, the labels and the numbers of its language', () => {
    expect(createSpeech(arabic, 'UTC').dir).toBe('rtl')
    const speech = createSpeech(english, 'UTC')
    expect(speech.dir).toBe('ltr')
    expect(speech.label('topic', 'HEA')).toBe('Health')
    expect(speech.label('topic', 'FROM-A-NEWER-APP')).toBe('FROM-A-NEWER-APP')
    expect(speech.format.number(12_000)).toBe('12,000')
  })
})
