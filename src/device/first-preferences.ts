import type { Preferences } from '#device/device.ts'

/** Of somebody who has chosen nothing yet. */
export const firstPreferences: Preferences = { language: null, theme: 'system', lastPlace: null, recentPlaces: [], lastOrg: null, recentTopics: [], installDismissed: false, keepsMap: false, mobilePhotos: null, riskRestsUntil: null }
