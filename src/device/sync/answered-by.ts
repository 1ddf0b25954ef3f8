import type { ApiProblem } from '#device/device.ts'

/** Who has answered, where somebody has: something on the way speaks in pages of its own (200, 403, 451, 511, …), and whoever wants it later says so by 429. */
export function answeredBy({ code }: Pick<ApiProblem, 'code'>): Pick<ApiProblem, 'by'> {
  if (/429|^too-many/.test(code)) return { by: 'busy' }
  // Neither by the key nor by what the campaign signed for it: a server that was set up anew, and not restored.
  if (code === 'bad-signature') return { by: 'stranger' }
  return /^not-our|^http-(2|511|4(?!08))/.test(code) ? { by: 'between' } : {}
}
