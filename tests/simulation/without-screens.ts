import { registerHooks } from 'node:module'

/** From here on the device is loaded without the live queries of its screens. Everything else is the product as it is. */
export function withoutScreens(): void {
  registerHooks({
    resolve: (specifier, context, next) => (specifier === '#device/store/live-watch.ts' ? { url: new URL('still-watch.ts', import.meta.url).href, shortCircuit: true } : next(specifier, context)),
  })
}
