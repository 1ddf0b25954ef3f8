import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fakeDesk, showDesk } from './show-desk.tsx'

describe('the report at the desk', () => {
  it('[CO190] is opened or saved for the period of the issue, in the language that is chosen', async () => {
    const desk = fakeDesk()
    const { user, saved, tick } = await showDesk(desk, '/desk/report')
    const link = await screen.findByRole('link', { name: 'Open the page' })
    expect(link.getAttribute('href')).toBe('/api/v1/reports/working?from=2026-01-01&to=2026-03-02&language=en&format=html&device=00000000-0000-7000-8000-00000000de00')
    expect(link.getAttribute('target')).toBe('_blank')
    await user.selectOptions(screen.getByLabelText('Language of the report'), 'العربية')
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-02-01' } })
    await tick()
    await user.click(screen.getByRole('button', { name: 'Save as a file' }))
    expect(await screen.findByText('terrain-report-2026-02-01-2026-03-02.ar.html is saved.')).toBeTruthy()
    expect(desk.reported).toEqual([{ from: '2026-02-01', to: '2026-03-02', language: 'ar', format: 'html' }])
    expect(saved).toEqual([{ name: 'terrain-report-2026-02-01-2026-03-02.ar.html', text: 'a report as html' }])
    await user.click(screen.getByRole('button', { name: 'Save for Word' }))
    expect(await screen.findByText('terrain-report-2026-02-01-2026-03-02.ar.docx is saved.')).toBeTruthy()
    expect(saved.at(-1)?.text).toBe('a report as docx')
  })

  it('[CO190] without a first and a last day nothing is saved, and that is said', async () => {
    const desk = fakeDesk()
    const { tick } = await showDesk(desk, '/desk/report')
    fireEvent.change(await screen.findByLabelText('From'), { target: { value: '' } })
    expect(screen.getByText('Choose the first and the last day.')).toBeTruthy()
    await tick()
    expect(desk.report.draft.settings.from).toBe('2026-01-01')
  })
})
