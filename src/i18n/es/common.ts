import type { CommonMessages } from '#i18n/load.ts'

/** Spanish by us: a native speaker should read it. */
export const common: CommonMessages = {
  'app.name': 'Terrain',
  'app.opening': 'Abriendo …',
  'update.ready': 'Hay una versión nueva lista.',
  'update.now': 'Abrir la versión nueva',
  'update.later': 'Más tarde',
  'update.outdated': 'Hay un Terrain más reciente abierto en otra ventana. Lo que escriba aquí se sigue guardando. Vuelva a abrirlo aquí para continuar con el nuevo.',
  'update.blocked': 'Hay un Terrain más reciente listo, pero uno anterior está abierto en otra ventana. Cierre las otras ventanas; esta continúa sola.',
  'store.damaged': 'Algo que guardaba este teléfono está dañado: {parts, plural, one {# ficha o cambio no está entero} other {# fichas o cambios no están enteros}}. No se ha borrado nada, y lo demás se envía como siempre. Avise a su coordinación.',
  'update.waits': 'Lo que está escribiendo queda guardado. La versión nueva espera hasta que termine.',
  'offline.ready': 'Terrain ya se abre también sin conexión.',
  'failure.title': 'Terrain se ha detenido aquí',
  'failure.safe': 'Lo que guardó sigue en este teléfono. No se ha borrado nada.',
  'failure.do': 'Abra Terrain de nuevo. Si se detiene otra vez, guarde lo no enviado en un archivo y entréguelo a su coordinación.',
  'failure.again': 'Abrir de nuevo',
  'failure.saveFile': 'Guardar todo lo no enviado en un archivo',
  'failure.details': 'Detalles para quienes lo reparan',
  'failure.closed': 'El teléfono cerró el almacén de Terrain. Abra Terrain de nuevo; lo que guardó sigue ahí.',
  'install.title': 'Tener Terrain en este teléfono',
  'install.text': 'Así se abre como cualquier otra aplicación, y el teléfono guarda mejor sus datos.',
  'install.now': 'Instalar',
  'install.later': 'Ahora no',
}
