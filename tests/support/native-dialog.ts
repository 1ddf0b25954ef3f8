/**
 * jsdom knows `<dialog>` but not how to open it. This is as much of it as the screens lean on: opening sets `open`, Escape sends
 * `cancel` and closes unless that is prevented, closing gives the focus back – not where the dialog has left the document before.
 */
export function lendNativeDialog(Dialog: typeof HTMLDialogElement): void {
  if ('showModal' in Dialog.prototype) return
  const openers = new WeakMap<HTMLDialogElement, Element | null>()
  Object.assign(Dialog.prototype, {
    showModal(this: HTMLDialogElement) {
      openers.set(this, this.ownerDocument.activeElement)
      this.setAttribute('open', '')
      this.addEventListener('keydown', closeOnEscape)
    },
    close(this: HTMLDialogElement) {
      if (!this.hasAttribute('open')) return
      this.removeAttribute('open')
      this.removeEventListener('keydown', closeOnEscape)
      const opener = openers.get(this)
      if (opener instanceof HTMLElement && this.isConnected) opener.focus()
      this.dispatchEvent(new Event('close'))
    },
  })
}

function closeOnEscape(this: HTMLDialogElement, event: KeyboardEvent): void {
  if (event.key !== 'Escape') return
  const cancel = new Event('cancel', { cancelable: true })
  this.dispatchEvent(cancel)
  if (!cancel.defaultPrevented) this.close()
}
