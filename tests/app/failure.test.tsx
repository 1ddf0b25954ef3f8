import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ComponentType } from 'react'
import { describe, expect, it, vi } from 'vitest'
import type { Device } from '#device/device.ts'
import { FailureBoundary, FailureView } from '#app/failure.tsx'
import { failureOf, watchFailures } from '#app/failure-log.ts'
import { MissingView } from '#app/missing.tsx'
import { openAgain } from '#app/open-again.ts'
import { saveUnsent } from '#app/save-unsent.ts'
import { common } from '#i18n/en/common.ts'
import { laterScreen, MissingCodeError } from '#ui/later-screen.tsx'
import { eventually } from '../support/eventually.ts'

const unsent: Pick<Device, 'exportUnsent'> = { exportUnsent: () => Promise.resolve({ name: 'terrain-unsent.json', type: 'application/json', isSealed: false, entries: 1, photos: 0, voices: 0, parts: parts() }) }

async function* parts() {
  yield '{"v":'
  yield await Promise.resolve('1}')
}
const nothing = () => undefined

describe('the failure view', () => {
  it('[AP10] a screen that cannot be drawn is replaced by what happened, what is safe and what to do', () => {
    // React reports what a boundary caught.
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const Broken = () => {
      throw new RangeError('no such step')
    }
    render(<FailureBoundary onSaveUnsent={nothing} messages={common} version="1.2.3"><Broken /></FailureBoundary>)
    const alert = screen.getByRole('alert')
    screen.getByRole('heading', { name: common['failure.title'] })
    expect(alert.textContent).toContain(common['failure.safe'])
    expect(alert.textContent).toContain(common['failure.do'])
    expect(alert.textContent).toContain('Terrain 1.2.3')
    expect(alert.textContent).toContain('RangeError: no such step')
    screen.getByRole('button', { name: common['failure.again'] })
  })

  it('[AP10] everything unsent can be saved as a file from there', async () => {
    const saved: File[] = []
    const handOver = (file: File) => Promise.resolve(void saved.push(file))
    render(<FailureView failure={failureOf(new Error('x'), '1')} messages={common} onSaveUnsent={() => void saveUnsent(unsent, handOver)} />)
    await userEvent.click(screen.getByRole('button', { name: common['failure.saveFile'] }))
    await eventually(() => expect(saved.map(({ name, type }) => [name, type])).toEqual([['terrain-unsent.json', 'application/json']]))
  })

  it('[AP10] when the store itself did not open, nothing is offered that cannot be done', () => {
    const error = Object.assign(new Error('closed'), { name: 'DatabaseClosedError' })
    render(<FailureView failure={failureOf(error, '1')} messages={common} onSaveUnsent={null} />)
    expect(screen.getByRole('alert').textContent).toContain(common['failure.closed'])
    expect(screen.queryByRole('button', { name: common['failure.saveFile'] })).toBeNull()
  })

  it('[AP10] a failure beside a screen that still works can be put away', async () => {
    const dismiss = vi.fn<() => void>()
    render(<FailureView failure={failureOf('text', '1')} messages={common} onSaveUnsent={nothing} onDismiss={dismiss} />)
    await userEvent.click(screen.getByRole('button', { name: common['update.later'] }))
    expect(dismiss).toHaveBeenCalledOnce()
  })
})

describe('a part of the app that is not on this device', () => {
  const { Screen: Desk } = laterScreen(() => Promise.reject<ComponentType>(new TypeError('Failed to fetch dynamically imported module')), () => null)

  it('[AP63] it says so and leads home, and nothing of it is called broken', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    render(<FailureBoundary onSaveUnsent={nothing} messages={common} version="1.2.3"><Desk /></FailureBoundary>)
    await screen.findByRole('heading', { name: common['missing.title'] })
    expect(await screen.findByText(common['missing.waits'])).toBeTruthy()
    expect(screen.getByRole('link', { name: common['missing.home'] }).getAttribute('href')).toBe('/')
    expect(screen.queryByText(common['failure.title'])).toBeNull()
    expect(screen.getByRole('main').textContent).toContain('Failed to fetch dynamically imported module')
    vi.unstubAllGlobals()
  })

  it('[AP63] where the server did not answer it opens by itself when that does, once', async () => {
    vi.useFakeTimers()
    let isThere = false
    const reload = vi.fn<() => void>()
    const asked = vi.fn<() => Promise<boolean>>(async () => isThere)
    const { unmount } = render(<MissingView messages={common} failure={failureOf(new MissingCodeError('x'), '1')} asked={asked} reloading={{ isOpen: () => true, start: reload }} />)
    await vi.advanceTimersByTimeAsync(20_000)
    expect([asked.mock.calls.length, reload.mock.calls.length]).toEqual([3, 0])
    isThere = true
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reload).toHaveBeenCalledOnce()
    unmount()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveBeenCalledTimes(4)
    vi.useRealTimers()
  })

  it('[AP63] where that would be another version, or was no use before, nothing opens by itself and nothing says so', async () => {
    vi.useFakeTimers()
    let isThere = false
    const reload = vi.fn<() => void>()
    render(<MissingView messages={common} failure={failureOf(new MissingCodeError('x'), '1')} asked={async () => isThere} reloading={{ isOpen: () => false, start: reload }} />)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(screen.queryByText(common['missing.waits'])).toBeNull()
    isThere = true
    await vi.advanceTimersByTimeAsync(30_000)
    expect(reload).not.toHaveBeenCalled()
    vi.useRealTimers()
  })

  it('[AP63] what a server that answers does not have waits for a tap: the page would be loaded again without an end', async () => {
    vi.useFakeTimers()
    const reload = vi.fn<() => void>()
    render(<MissingView messages={common} failure={failureOf(new MissingCodeError('x'), '1')} asked={async () => true} reloading={{ isOpen: () => true, start: reload }} />)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(screen.queryByText(common['missing.waits'])).toBeNull()
    expect(reload).not.toHaveBeenCalled()
    vi.useRealTimers()
    expect(screen.getByRole('button', { name: common['failure.again'] })).toBeTruthy()
  })
})

describe('opening again after a failure', () => {
  const workersWith = (waiting: { readonly postMessage: (message: unknown) => void } | null, update: (registration: Record<string, unknown>) => Promise<void> = () => Promise.resolve()) => {
    const registration: Record<string, unknown> = { waiting, installing: null, update: () => update(registration) }
    return Object.assign(new EventTarget(), { getRegistration: () => Promise.resolve(registration as unknown as ServiceWorkerRegistration) }) as EventTarget & Pick<ServiceWorkerContainer, 'getRegistration' | 'addEventListener'>
  }

  it('[CO252] takes a new version that waits, so that what the old one misses is not missed again', async () => {
    const [told, reload] = [vi.fn<(message: unknown) => void>(), vi.fn<() => void>()]
    const workers = workersWith({ postMessage: told })
    await openAgain(workers, reload)
    expect([told.mock.calls, reload.mock.calls.length]).toEqual([[[{ type: 'SKIP_WAITING' }]], 0])
    workers.dispatchEvent(new Event('controllerchange'))
    workers.dispatchEvent(new Event('controllerchange'))
    expect(reload).toHaveBeenCalledOnce()
  })

  it('[CO252] looks for a new version where none waits yet, and waits until it is installed', async () => {
    const [told, reload] = [vi.fn<(message: unknown) => void>(), vi.fn<() => void>()]
    const installing = new EventTarget()
    const workers = workersWith(null, (registration) => {
      registration['installing'] = installing
      setTimeout(() => {
        registration['waiting'] = { postMessage: told }
        installing.dispatchEvent(new Event('statechange'))
      }, 20)
      return Promise.resolve()
    })
    await openAgain(workers, reload)
    expect([told.mock.calls.length, reload.mock.calls.length]).toEqual([1, 0])
  })

  it('[CO252] loads the page where none waits, and where the browser has no service workers or does not answer', async () => {
    const reload = vi.fn<() => void>()
    await openAgain(workersWith(null), reload)
    await openAgain(undefined, reload)
    await openAgain(workersWith(null, () => Promise.reject(new Error('no connection'))), reload)
    await openAgain(Object.assign(new EventTarget(), { getRegistration: () => Promise.reject(new Error('no')) }) as never, reload)
    expect(reload).toHaveBeenCalledTimes(4)
  })
})

describe('what nobody caught', () => {
  it('[AP10] errors and rejections reach the one handler, with version and stack', () => {
    const page = new EventTarget()
    const failures = watchFailures(page as unknown as Window, '1.2.3')
    page.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new TypeError('no place') }))
    expect(failures.get()?.details).toContain('Terrain 1.2.3')
    expect(failures.get()?.details).toContain('TypeError: no place')
    failures.set(null)
    page.dispatchEvent(Object.assign(new Event('error'), { error: 'thrown text' }))
    expect(failures.get()?.details).toContain('thrown text')
  })

  it('[AP10] cancelled requests and notes without an error are no failures', () => {
    const page = new EventTarget()
    const failures = watchFailures(page as unknown as Window, '1')
    page.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new DOMException('gone', 'AbortError') }))
    page.dispatchEvent(Object.assign(new Event('error'), { error: null }))
    expect(failures.get()).toBeNull()
  })
})
