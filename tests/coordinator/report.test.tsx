import { fireEvent, screen, waitFor } from '@testing-library/react'
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

  it('[CO950] a year that is still being typed is no first day, and is not saved', async () => {
    const desk = fakeDesk()
    const { tick } = await showDesk(desk, '/desk/report')
    for (const typed of ['0002-02-05', '0202-02-05']) {
      fireEvent.change(await screen.findByLabelText('From'), { target: { value: typed } })
      expect(screen.getByText('Choose the first and the last day.')).toBeTruthy()
      await tick()
      expect([typed, desk.report.draft.settings.from, screen.queryByRole('alert')]).toEqual([typed, '2026-01-01', null])
    }
  })

  it('[CO260] days that were set a moment before somebody goes on to publish are set all the same', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk/report')
    fireEvent.change(await screen.findByLabelText('From'), { target: { value: '2026-02-01' } })
    await user.click(screen.getByRole('link', { name: 'Check and publish' }))
    await waitFor(() => expect(desk.report.draft.settings.from).toBe('2026-02-01'))
    expect(await screen.findByText(/1 February 2026/)).toBeTruthy()
  })

  it('[CO260] days that are set while others are being saved wait for them, and are no clash with oneself', async () => {
    const desk = fakeDesk()
    const { tick } = await showDesk(desk, '/desk/report')
    const { setReportDraft } = desk.device.api
    const asked: string[] = []
    let answer = (): void => undefined
    const isAnswered = new Promise<void>((resolve) => {
      answer = resolve
    })
    Object.assign(desk.device.api, { setReportDraft: async (request: Parameters<typeof setReportDraft>[0]) => {
      asked.push(request.from)
      const saved = await setReportDraft(request)
      await isAnswered
      return saved
    } })
    fireEvent.change(await screen.findByLabelText('From'), { target: { value: '2026-02-01' } })
    await tick()
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-02-05' } })
    await tick()
    expect(asked).toEqual(['2026-02-01'])
    answer()
    await tick()
    await tick()
    await waitFor(() => expect(desk.report.draft.settings.from).toBe('2026-02-05'))
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
