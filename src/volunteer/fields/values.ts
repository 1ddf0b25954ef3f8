/** A draft holds whatever was last typed, so what a control draws is read from it with care. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

/** Where a number belongs: what was typed and is none. It stays in the draft and is not saved before it is one, or gone. */
export function unclearOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== 'unknown' ? value : undefined
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Blank text is no answer: the field goes out of the draft. */
export function typedText(text: string): string | undefined {
  return text === '' ? undefined : text
}
