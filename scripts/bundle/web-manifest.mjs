/** The colour tokens `paper` and `ink` in hex, since manifests and icons know no `oklch()`; a test compares them with tokens.css. */
export const paper = { light: '#faf6ee', dark: '#1a1612' }
export const ink = { light: '#251c16', dark: '#f0ece4' }

/** @type {Partial<import('vite-plugin-pwa').ManifestOptions>} */
export const webManifest = {
  id: '/',
  name: 'Terrain – reports from the ground',
  short_name: 'Terrain',
  description: 'Write down what you see on the ground, with or without a connection. Together it becomes a faithful report.',
  lang: 'en',
  dir: 'ltr',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  display_override: ['standalone', 'minimal-ui'],
  orientation: 'any',
  background_color: paper.light,
  theme_color: paper.light,
  categories: ['productivity', 'social'],
  // A form that is open is not navigated away: the app reads the wish from the launch queue (src/app/launch.ts).
  launch_handler: { client_mode: ['focus-existing', 'auto'] },
  handle_links: 'preferred',
  // Answered by the service worker alone (src/worker/share-target.ts); the names are those of src/device/shared-address.ts.
  share_target: { action: '/share', method: 'POST', enctype: 'multipart/form-data', params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'files', accept: ['image/*'] }] } },
  // The files of phones without a connection open where they are taken along.
  file_handlers: [{ action: '/carry', accept: { 'application/vnd.terrain.bundle': ['.terrain'] } }],
  icons: [
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/monochrome-512.png', sizes: '512x512', type: 'image/png', purpose: 'monochrome' },
  ],
  // Taken by scripts/screenshots.mjs from the demonstration.
  screenshots: [
    { src: '/screenshots/home.webp', sizes: '720x1480', type: 'image/webp', form_factor: 'narrow', label: 'What you wrote, and what became of it' },
    { src: '/screenshots/topic.webp', sizes: '720x1480', type: 'image/webp', form_factor: 'narrow', label: 'Recording: one question at a time' },
    { src: '/screenshots/desk.webp', sizes: '1280x800', type: 'image/webp', form_factor: 'wide', label: 'The coordinators’ desk' },
  ],
  shortcuts: [
    { name: 'Record a challenge', short_name: 'Challenge', url: '/new/challenge', icons: [{ src: '/icons/challenge-192.png', sizes: '192x192', type: 'image/png' }] },
    { name: 'Record an action', short_name: 'Action', url: '/new/action', icons: [{ src: '/icons/action-192.png', sizes: '192x192', type: 'image/png' }] },
  ],
}
