import { useId } from 'react'
import type { ReactNode } from 'react'
import { classNames } from '#ui/class-names.ts'
import styles from '#ui/field/field.module.css'
import { Icon } from '#ui/icon/icon.tsx'

/** What every field is told in words. */
export interface FieldWords {
  readonly label: ReactNode
  readonly hint?: ReactNode
  /** Said at the field while it is wrong; absent while all is well. */
  readonly error?: string | undefined
  /** The word for "optional", beside the label. */
  readonly optional?: string | undefined
  /** The label is already the heading of the screen: keep it for assistive technology only. */
  readonly isLabelHidden?: boolean | undefined
}

/** What ties a control to its label, its hint and its error. Spread it on the control. */
export interface FieldWiring {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

export interface FieldProps extends FieldWords {
  readonly id?: string | undefined
  /** Ids of further texts that describe the control, such as a note below it. */
  readonly describedBy?: string | undefined
  readonly children: (wiring: FieldWiring) => ReactNode
}

/** One question with its control. The error takes its place between the hint and the control, where the eye already is. */
export function Field({ id, label, hint, error, optional, isLabelHidden = false, describedBy, children }: FieldProps) {
  const ownId = useId()
  const controlId = id ?? ownId
  const { hintId, errorId, describing } = descriptions(controlId, hint, error, describedBy)
  return (
    <div className={styles.field}>
      <label htmlFor={controlId} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
        <Optional word={optional} />
      </label>
      <Hint id={hintId} hint={hint} />
      <FieldError id={errorId} error={error} />
      {children({ id: controlId, 'aria-describedby': describing, 'aria-invalid': error === undefined ? undefined : true })}
    </div>
  )
}

export interface FieldGroupProps extends Omit<FieldWords, 'isLabelHidden'> {
  /** `question` is the heading of a screen (serif, large); `label` a field among others; `hidden` for assistive technology only. */
  readonly legend?: 'question' | 'label' | 'hidden' | undefined
  readonly id?: string | undefined
  readonly className?: string | undefined
  readonly describedBy?: string | undefined
  readonly children: ReactNode
}

/** Several controls that answer one question together. */
export function FieldGroup({ id, label, hint, error, optional, legend = 'label', className, describedBy, children }: FieldGroupProps) {
  const ownId = useId()
  const groupId = id ?? ownId
  const { hintId, errorId, describing } = descriptions(groupId, hint, error, describedBy)
  return (
    <fieldset id={groupId} className={classNames(styles.group, className)} aria-describedby={describing} data-invalid={error === undefined ? undefined : true} tabIndex={-1}>
      <legend className={legend === 'hidden' ? 'visually-hidden' : styles.legend}>
        {legend === 'question' ? <h1 className={styles.question}>{label}</h1> : <span className={styles.label}>{label}</span>}
        <Optional word={optional} />
      </legend>
      <Hint id={hintId} hint={hint} isLarge={legend === 'question'} />
      <FieldError id={errorId} error={error} role="alert" />
      {children}
    </fieldset>
  )
}

/** That of a group is read out when it comes: not every screen reader tells what describes the group of a focused control. */
function FieldError({ id, error, role }: { readonly id: string; readonly error: string | undefined; readonly role?: 'alert' }) {
  if (error === undefined) return null
  return <p id={id} className={styles.error} role={role}><Icon name="warning" />{error}</p>
}

export interface CountWords {
  /** How much is written or left, in words. */
  readonly count?: string | undefined
  /** More is written than the field holds: said at once, because the end of a long text is far from where its error stands. */
  readonly isOver?: boolean | undefined
}

/** What describes a control besides its hint and its error, together with its count. */
export function describedWith(describedBy: string | undefined, count: string | undefined, countId: string): string | undefined {
  return count === undefined ? describedBy : classNames(describedBy, countId)
}

export function Count({ id, count, isOver = false }: CountWords & { readonly id: string }) {
  if (count === undefined) return null
  return <p id={id} className={classNames(styles.count, isOver && styles.over)} role={isOver ? 'alert' : undefined}>{count}</p>
}

function Hint({ id, hint, isLarge = false }: { readonly id: string; readonly hint: ReactNode; readonly isLarge?: boolean }) {
  return hint === undefined || hint === null ? null : <p id={id} className={classNames(styles.hint, isLarge && styles.large)}>{hint}</p>
}

function Optional({ word }: { readonly word: string | undefined }) {
  return word === undefined ? null : <span className={styles.optional}> {word}</span>
}

function descriptions(id: string, hint: ReactNode, error: string | undefined, more: string | undefined) {
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const ids = classNames(hint !== undefined && hint !== null && hintId, error !== undefined && errorId, more)
  return { hintId, errorId, describing: ids === '' ? undefined : ids }
}
