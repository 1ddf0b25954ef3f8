import { ImageRun } from 'docx'
import type { Paragraph } from 'docx'
import { ink } from '#report/document/writing.ts'
import type { Writing } from '#report/document/writing.ts'
import type { ReportPhoto } from '#report/tree.ts'
import { xmlText } from '#report/xml-text.ts'

/** In the points that the library counts pictures in: half a sheet of A4 between its margins, and as high as it is wide. */
const longest = 320

/** A photo with where it is from and the words of its author; the words alone where it may not be shown any more. */
export function photograph(writing: Writing, { photo, caption, area, month, ref }: ReportPhoto): readonly Paragraph[] {
  const { words, photos, paragraph, run, refLink, say } = writing
  const found = photo === null ? undefined : photos.get(photo)
  const from = words.commas(words.from({ area, month }))
  const name = xmlText(words.commas([say('report.photo'), from]))
  const line = paragraph([...(caption === null ? [] : [run(`${caption} · `, { size: 18 })]), run(`${from} `, { size: 18, color: ink.quiet }), refLink(ref)], { indent: { start: 400 } })
  if (found === undefined) return [paragraph(say('report.issue.photoGone'), { indent: { start: 400 }, keepNext: true }), line]
  const scale = longest / Math.max(found.width, found.height)
  const picture = new ImageRun({ type: 'jpg', data: found.jpeg, transformation: { width: Math.round(found.width * scale), height: Math.round(found.height * scale) }, altText: { name, title: name, description: caption === null ? name : xmlText(caption) } })
  return [paragraph([picture], { indent: { start: 400 }, keepNext: true, spacing: { before: 80, after: 40 } }), line]
}
