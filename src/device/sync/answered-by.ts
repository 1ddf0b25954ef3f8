import type { ApiProblem } from '#device/device.ts'

/** The code of a walk in which the browser did not hand out a file that it keeps. */
export const unreadFile = 'unread-file'

/** Who has answered, where somebody has: something on the way speaks in pages of its own (200, 403, 451, 511, …), and whoever wants it later says so by 429. */
export function answeredBy({ code }: Pick<ApiProblem, 'code'>): Pick<ApiProblem, 'by'> {
  if (/429|^too-many/.test(code)) return { by: 'busy' }
  // Neither by the key nor by what the campaign signed for it: a server that was set up anew, and not restored.
  if (code === 'bad-signature') return { by: 'stranger' }
  if (code === unreadFile) return { by: 'unread' }
  // What is whole here and that the server calls altered, too large or of no kind has become so on the way.
  return /^not-our|^http-(2|511|4(?!08))|^upload-4(00|13|15|22)/.test(code) ? { by: 'between' } : {}
}
