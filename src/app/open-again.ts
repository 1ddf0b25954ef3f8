/**
 * A file of the version that runs may be on no server any more, and loading the page again would only miss it again: where there is a new
 * version, this tap takes it.
 */
export async function openAgain(workers: Pick<ServiceWorkerContainer, 'getRegistration' | 'addEventListener'> | undefined, reload: () => void): Promise<void> {
  const registration = await workers?.getRegistration().catch(() => undefined)
  const waiting = registration === undefined ? null : (registration.waiting ?? (await newVersion(registration)))
  if (workers === undefined || waiting === null) return reload()
  workers.addEventListener('controllerchange', reload, { once: true })
  waiting.postMessage({ type: 'SKIP_WAITING' })
}

const patienceMs = 15_000

/** Null where there is none, the server does not answer, or the line is so slow that nobody should wait for it. */
async function newVersion(registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
  const found = registration.update().then(async () => {
    const { installing } = registration
    if (installing !== null) await new Promise((resolve) => installing.addEventListener('statechange', resolve, { once: true }))
  }).catch(() => undefined)
  await Promise.race([found, new Promise((resolve) => setTimeout(resolve, patienceMs))])
  return registration.waiting
}
