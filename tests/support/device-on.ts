import type { Page } from '@playwright/test'

/** The device that a page speaks as, from the database that it has open: for requests that a test makes past the app. */
export function deviceOn(page: Page): Promise<string> {
  return page.evaluate(() => new Promise<string>((resolve, reject) => {
    const opening = indexedDB.open(sessionStorage.getItem('terrain-campaign') ?? 'terrain')
    opening.addEventListener('error', () => reject(new Error('the store does not open')))
    opening.addEventListener('success', () => {
      const asked = opening.result.transaction('meta').objectStore('meta').get('membership')
      asked.addEventListener('error', () => reject(new Error('the store cannot be read')))
      asked.addEventListener('success', () => {
        const { value } = asked.result as { readonly value: { readonly identity: { readonly deviceId: string } } }
        opening.result.close()
        resolve(value.identity.deviceId)
      })
    })
  }))
}
