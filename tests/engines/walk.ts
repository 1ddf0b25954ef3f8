import { setTimeout as pause } from 'node:timers/promises'
import type { AppServer } from '../support/app-server.ts'
import { address, tap, until, untilThere, untilWords } from './engine.ts'
import type { Engine } from './engine.ts'

const told = 'The school is closed since the sixteenth.'
const textFields = 'main input:not([type=radio]):not([type=checkbox])'
const next = 'footer button:last-of-type'
/**
 * WebKit (2.50.6) lets a page that is left for another address in the middle of a transaction keep that open, and the next page waits for it until the one before
 * is thrown away. A person has looked at a page before they leave it, and within the app no page is left.
 */
const unhurriedMs = 3000
/** The first answer of each question that has none. */
const chooseFirst = `[...document.querySelectorAll('main fieldset, main [role=radiogroup]')].forEach((one) => one.querySelector('input:checked') ?? one.querySelector('input[type=radio], input[type=checkbox]')?.click())`
const isOfflineReady = `navigator.serviceWorker.getRegistration().then((one) => one?.active?.state === 'activated')`

/** Joins, records a challenge with a photo, sends it, and opens it again while the server is away. */
export async function walkAsVolunteer(engine: Engine, server: AppServer, photo: string): Promise<void> {
  await join(engine, await server.invite('volunteer'), 'Awa')
  await tap(engine, 'a[href="/new/challenge"]')
  for (let before = ''; before !== 'review';) {
    await until(engine, 'the next step', async () => (await address(engine)).pathname.startsWith('/record/') && (await stepOf(engine)) !== before)
    before = await stepOf(engine)
    await untilThere(engine, 'main h1')
    await answer(engine, before, photo)
    // A tap on an answer may have gone on by itself.
    if ((await stepOf(engine)) === before) await tap(engine, next)
  }
  for (const said of [told, 'Received', 'Everything has been received']) await untilWords(engine, said)
  await until(engine, 'the worker', async () => (await engine.ask(isOfflineReady)) === true)

  await server.kill()
  await engine.open(`${server.url}/`)
  await untilWords(engine, told)
  await tap(engine, 'a[href="/new/action"]')
  await untilWords(engine, 'What do people do?')
  await server.restart()
}

/** Joins as the first coordinator, finds the entry, and opens the places of the desk one after the other. */
export async function walkAsCoordinator(engine: Engine, server: AppServer): Promise<void> {
  await join(engine, server.coordinatorLink, 'Ruth')
  for (const [place, said] of [['/desk', told], ['/desk/overview', 'What no action answers'], ['/desk/report', 'Report, issue 1'], ['/desk/people', 'Ruth'], ['/desk', told]] as const) {
    await engine.open(`${server.url}${place}`)
    await untilWords(engine, said)
    await untilWords(engine, 'Connected')
    await pause(unhurriedMs)
  }
}

async function join(engine: Engine, link: string, name: string): Promise<void> {
  await engine.open(link)
  await untilThere(engine, '#join-name')
  await engine.write('#join-name', name)
  await tap(engine, 'button[type=submit]')
  await untilThere(engine, 'a[href="/new/challenge"]')
  await untilWords(engine, name)
}

async function answer(engine: Engine, step: string, photo: string): Promise<void> {
  if (step === 'place') {
    await engine.write('main select', 'Kenya')
    for (const index of [0, 1]) await engine.write(textFields, 'Kajulu', index)
  } else if (step === 'words') {
    await engine.write('textarea', told)
    await engine.giveFile('input[type=file]', photo)
    await untilWords(engine, 'What does photo 1 show?')
  } else if (step !== 'review' && step !== 'date') await engine.ask(chooseFirst)
}

async function stepOf(engine: Engine): Promise<string> {
  return (await address(engine)).pathname.split('/').at(-1) ?? ''
}
