import { screen, within } from '@testing-library/react'
import type { ApiProblem } from '#device/device.ts'
import type { WrittenPart } from '#domain/written-report.ts'
import type { DraftPart } from '#protocol/written-report.ts'
import type { FakeDesk } from '../support/fake-desk-device.ts'
import { jean, reportAt } from '../support/fake-report.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

export const offline: ApiProblem = { kind: 'offline', code: 'no-answer' }

export function written(...parts: readonly WrittenPart[]): FakeDesk {
  const desk = fakeDesk()
  desk.report.draft = { ...desk.report.draft, parts: parts.map((part, index) => ({ part: structuredClone(part), place: (index + 1) * 10, version: 1, by: jean, at: reportAt }) as DraftPart) }
  return desk
}

export async function showReport(desk: FakeDesk, path = '/desk/report') {
  const shown = await showDesk(desk, path)
  await screen.findByRole('heading', { level: 1, name: /3$/ })
  await shown.tick()
  return shown
}

export const finding = () => within(screen.getByRole('article', { name: 'Finding 1' }))
export const area = () => finding().getByRole<HTMLTextAreaElement>('textbox', { name: 'Sentence 1' })
export const textOf = (desk: FakeDesk) => desk.report.draft.parts[0]?.part.sentences[0]?.text

export async function openAndType(shown: Awaited<ReturnType<typeof showReport>>, text: string): Promise<void> {
  await shown.user.click(await screen.findByRole('button', { name: 'Edit Finding 1' }))
  await shown.user.type(area(), text)
}
