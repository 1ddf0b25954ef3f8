import { navigate } from 'wouter/use-browser-location'
import type { Device } from '#device/device.ts'
import { chosenDatabase, rememberCampaign } from '#device/media/chosen-database.ts'
import { noteMember } from '#device/media/was-here.ts'
import { badgeQuestions, badgingOf } from '#app/badge.ts'
import { followLaunches, keepStorageAfterSave, rememberLookedAt, rememberMember, sendFromElsewhere, syncInBackground, wakeLater } from '#app/courtesies.ts'
import { keepFirstPicture } from '#app/first-picture.ts'
import { keepReports } from '#app/keep-reports.ts'
import { followScreens } from '#app/screen-changes.ts'
import { workerAddress } from '#app/trusted-worker-url.ts'
import type { TrustedUrl } from '#app/trusted-worker-url.ts'
import { createUpdates, noUpdates } from '#app/update.ts'
import type { Updates } from '#app/update.ts'
import { registerWorker } from '#app/worker-registration.ts'
import type { VolunteerGround } from '#volunteer/ground.ts'

/** What can begin when the screen stands: nothing of it is needed to draw the first one, so it is a chunk of its own. */
export function startAfterwards(device: Device, ground: Pick<VolunteerGround, 'openedFile'>, trustWorker: (url: string) => TrustedUrl): Updates {
  const updates = watchVersions(trustWorker)
  keepStorageAfterSave(device)
  badgeQuestions(device, badgingOf(navigator))
  rememberLookedAt(window, rememberCampaign)
  rememberMember(device, noteMember)
  followScreens(window)
  const sendElsewhere = sendFromElsewhere(device, {
    onOnline: (call) => window.addEventListener('online', call),
    every: (ms, call) => void setInterval(call, ms),
    wakeLater: async () => ('serviceWorker' in navigator ? wakeLater(navigator.serviceWorker) : undefined),
  })
  if ('serviceWorker' in navigator) syncInBackground(device, navigator.serviceWorker, sendElsewhere)
  if (isSecureContext && 'serviceWorker' in navigator) keepReports({
    device, caches,
    fetch: (path) => fetch(path, { cache: 'no-cache', credentials: 'omit' }),
    isControlled: () => navigator.serviceWorker.controller !== null,
    onControlled: (call) => navigator.serviceWorker.addEventListener('controllerchange', call),
    language: () => document.documentElement.lang,
    now: () => Date.now(),
  })
  keepFirstPicture(device, {
    page: document,
    storage: () => localStorage,
    path: () => location.pathname,
    campaign: chosenDatabase(),
    onHide: (call) => document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && call()),
  })
  followLaunches(window, { navigate, onFile: (file) => ground.openedFile?.set(file) })
  return updates
}

/** In builds only: in development Vite serves every file anew. Some private windows have no workers; then there is nothing to say. */
function watchVersions(trustWorker: (url: string) => TrustedUrl): Updates {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return noUpdates
  const { serviceWorker } = navigator
  return createUpdates({
    worker: registerWorker(serviceWorker, trustWorker(workerAddress)),
    isControlled: serviceWorker.controller !== null,
    isOnline: () => navigator.onLine,
    every: (ms, run) => void setInterval(run, ms),
    reload: () => location.reload(),
  })
}
