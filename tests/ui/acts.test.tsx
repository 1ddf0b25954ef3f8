// @vitest-environment jsdom
import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { Button } from '#ui/button/button.tsx'
import { RemovableChip } from '#ui/chip/chip.tsx'
import { DataTable } from '#ui/data-table/data-table.tsx'
import { ConfirmDialog, Dialog } from '#ui/dialog/dialog.tsx'
import { EntryList, EntryRow } from '#ui/entry-row/entry-row.tsx'
import { Menu } from '#ui/fold/fold.tsx'
import { IconButton, IconLink } from '#ui/icon-button/icon-button.tsx'
import { Page } from '#ui/page/page.tsx'
import { QuestionCard } from '#ui/question-card/question-card.tsx'
import { StateMark } from '#ui/state-mark/state-mark.tsx'
import { StorageMeter } from '#ui/storage-meter/storage-meter.tsx'
import { applyTheme, isTheme } from '#ui/theme.ts'
import { Toast } from '#ui/toast/toast.tsx'
import { WeatherLine } from '#ui/weather-line/weather-line.tsx'
import { renderInEnglish } from './in-language.tsx'

function Remark() {
  const [isKept, setKept] = useState(false)
  return isKept ? null : <button type="button" onClick={() => setKept(true)}>Keep it anyway</button>
}

function Keys() {
  const [isOpen, setOpen] = useState(false)
  return <><Button onClick={() => setOpen(true)}>All keys</Button>{isOpen ? <Dialog title="Keys" closeLabel="Close" onClose={() => setOpen(false)}><p>J is next.</p></Dialog> : null}</>
}

describe('buttons', () => {
  it('[UI2] a button that is off can be reached, says so and does nothing', async () => {
    const onClick = vi.fn<() => void>()
    render(<Button isDisabled onClick={onClick}>Decide</Button>)
    await userEvent.tab()
    const button = screen.getByRole('button', { name: 'Decide' })
    expect(document.activeElement).toBe(button)
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await userEvent.click(button)
    expect(onClick).not.toHaveBeenCalled()
  })

  it('[UI2] a button that is off does not send its form', async () => {
    const onSubmit = vi.fn<(event: { preventDefault: () => void }) => void>((event) => event.preventDefault())
    render(<form onSubmit={onSubmit}><Button type="submit" isDisabled>Send</Button><Button type="submit">Send now</Button></form>)
    await userEvent.click(screen.getByRole('button', { name: 'Send' }))
    expect(onSubmit).not.toHaveBeenCalled()
    await userEvent.click(screen.getByRole('button', { name: 'Send now' }))
    expect(onSubmit).toHaveBeenCalledOnce()
  })

  it('[UI1] a button with only a sign has a name', () => {
    render(<><IconButton icon="close" label="Close" /><RemovableChip removeLabel="Remove the filter Haiti" onRemove={() => {}}>Haiti</RemovableChip></>)
    expect(screen.getAllByRole('button', { name: /^(?:Close|Remove the filter Haiti)$/ })).toHaveLength(2)
  })

  it('[UI640] what is only a sign has a tip and is named by it alone', () => {
    render(<><IconButton icon="close" label="Close" /><IconLink icon="back" label="Back" href="/" /><Menu label="More">{null}</Menu></>)
    const signs = [screen.getByRole('button', { name: 'Close' }), screen.getByRole('link', { name: 'Back' }), screen.getByTitle('More')]
    expect(signs.map((sign) => [sign.title, sign.getAttribute('aria-label')])).toEqual([['Close', null], ['Back', null], ['More', null]])
  })
})

describe('dialogs', () => {
  it('[UI7] focus starts on the close button, Escape closes, and focus goes back', async () => {
    render(<Keys />)
    await userEvent.click(screen.getByRole('button', { name: 'All keys' }))
    expect(screen.getByRole('dialog', { name: 'Keys' })).toBeDefined()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Close' }))
    await userEvent.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'All keys' }))
  })

  it('[UI7] a question before something harmful starts on the way out, and stays open until its caller closes it', async () => {
    const onCancel = vi.fn<() => void>()
    const onConfirm = vi.fn<() => void>()
    render(<ConfirmDialog title="Withdraw this entry?" cancelLabel="Keep it" confirmLabel="Withdraw" isHarmful onCancel={onCancel} onConfirm={onConfirm} />)
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep it' }))
    await userEvent.keyboard('{Escape}')
    expect(onCancel).toHaveBeenCalledOnce()
    expect(screen.getByRole('dialog', { name: 'Withdraw this entry?' })).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }))
    expect(onConfirm).toHaveBeenCalledOnce()
  })

  it('[UI7] a menu closes on Escape, on a choice and on a press elsewhere', async () => {
    const { container } = render(<><Menu label="More"><button type="button">Withdraw</button></Menu><p>elsewhere</p></>)
    const isOpen = () => container.querySelector('details')?.open
    const dots = screen.getByTitle('More')
    await userEvent.click(dots)
    expect(isOpen()).toBe(true)
    await userEvent.keyboard('{Escape}')
    expect(isOpen()).toBe(false)
    await userEvent.click(dots)
    await userEvent.click(screen.getByText('Withdraw'))
    expect(isOpen()).toBe(false)
    await userEvent.click(dots)
    await userEvent.click(screen.getByText('elsewhere'))
    expect(isOpen()).toBe(false)
  })
})

describe('the focus', () => {
  it('[UI643] goes back to the dots of a menu in which something was chosen', async () => {
    render(<Menu label="More"><button type="button">Correct</button></Menu>)
    await userEvent.click(screen.getByTitle('More'))
    await userEvent.click(screen.getByText('Correct'))
    expect(document.activeElement).toBe(screen.getByTitle('More'))
  })

  it('[UI644] goes to what stands nearest where a remark goes that nothing follows', async () => {
    render(<Page header={null}><button type="button">Far</button><div><div><Remark /></div><button type="button">Near</button></div></Page>)
    await userEvent.click(screen.getByRole('button', { name: 'Keep it anyway' }))
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Near' })))
  })
})

describe('states', () => {
  it('[UI11] the weather and the toast are status regions before they say anything', () => {
    const { rerender } = render(<><WeatherLine weather={null} /><Toast>{null}</Toast></>)
    const places = screen.getAllByRole('status')
    expect(places.map((place) => place.textContent)).toEqual(['', ''])
    rerender(<><WeatherLine weather="offline">No connection.</WeatherLine><Toast>Saved.</Toast></>)
    expect(screen.getAllByRole('status')).toEqual(places)
    expect(places.map((place) => place.textContent)).toEqual(['No connection.', 'Saved.'])
  })

  it('[UI12] the theme is an attribute, and the system’s choice is none', () => {
    const root = document.createElement('html')
    applyTheme(root, 'sun')
    expect(root.getAttribute('data-theme')).toBe('sun')
    applyTheme(root, 'system')
    expect(root.hasAttribute('data-theme')).toBe(false)
    expect([isTheme('dark'), isTheme('pink'), isTheme(undefined)]).toEqual([true, false, false])
  })

  it('[UI16] even a little that waits is seen, and nothing is drawn past the end', () => {
    const { container } = render(<StorageMeter usedBytes={1} onlyHereBytes={1} quotaBytes={5e9} label="Storage" legend={{ kept: 'kept', onlyHere: 'here', free: 'free' }} />)
    const [, kept, onlyHere] = [...container.querySelectorAll('svg:first-child rect')].map((bar) => Number(bar.getAttribute('width')))
    expect([kept, onlyHere]).toEqual([0, 4])
    expect(screen.getByText('Storage')).toBeDefined()
  })
})

describe('lists', () => {
  it('[UI8] an entry is one link that holds its kind, its words and its state', () => {
    renderInEnglish(<EntryList label="My entries"><li><EntryRow href="/e/1" kind="action" words="Women sew masks." meta="Manyatta" state={<StateMark state="here">On this phone</StateMark>} /></li></EntryList>)
    expect(screen.getByRole('list', { name: 'My entries' })).toBeDefined()
    expect(screen.getByRole('link', { name: /Action.*Women sew masks\..*Manyatta.*On this phone/ }).getAttribute('href')).toBe('/e/1')
  })

  it('[UI9] a question is quoted in its own language under the name of who asks', () => {
    render(<QuestionCard title="Ruth has a question" question="هل هم ٤٠ طفلاً؟" lang="ar" />)
    expect(screen.getByRole('region', { name: 'Ruth has a question هل هم ٤٠ طفلاً؟' })).toBeDefined()
    expect(screen.getByText('هل هم ٤٠ طفلاً؟').getAttribute('lang')).toBe('ar')
  })

  it('[UI18] a table names itself, its columns and its rows, and its frame takes the focus', async () => {
    render(<DataTable caption="People" idOf={(row) => row.name} rows={[{ name: 'Ruth', entries: 12 }]} columns={[{ id: 'name', header: 'Name', isRowHeader: true, cell: (row) => row.name }, { id: 'entries', header: 'Entries', isNumber: true, sorted: 'descending', cell: (row) => row.entries }]} />)
    expect(screen.getByRole('table', { name: 'People' })).toBeDefined()
    expect(screen.getByRole('rowheader', { name: 'Ruth' })).toBeDefined()
    expect(screen.getByRole('columnheader', { name: 'Entries' }).getAttribute('aria-sort')).toBe('descending')
    await userEvent.tab()
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'People' }))
  })
})
