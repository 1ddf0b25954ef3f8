import type { volunteerReport as english } from '#i18n/en/volunteer-report.ts'

export const volunteerReport: { readonly [Key in keyof typeof english]: string } = {
  'reported.counted': 'Contada en el informe n.º {number, number}, {day}',
  'reported.sentences': '{count, plural, one {Su ficha sostiene esta frase.} other {Su ficha sostiene estas frases.}}',
  'reported.inNumbers': 'Está en las cifras del informe. Ninguna frase la cita.',
  'reported.readThere': 'Leerla en el informe',
  'reported.read': 'Leer el informe',
  'reported.home': '{count, plural, one {# de sus fichas está en el informe n.º {number, number}} other {# de sus fichas están en el informe n.º {number, number}}}',
  'reported.heading': 'En el informe n.º {number, number}',
  'reported.all': 'Todas mis fichas',
  'reported.away': 'Este informe no está en este teléfono.',
  'reported.awayText': 'Un informe publicado puede leerse aquí sin conexión una vez que se ha abierto con conexión.',
  'reported.again': 'Intentar de nuevo',
  'reported.kept': '{count, plural, one {# informe publicado puede leerse sin conexión} other {# informes publicados pueden leerse sin conexión}}',
  'reported.keptNote': 'Ocupa {size}. Si el servidor responde en diez segundos, se ve el informe tal como está ahora; si no, la página guardada aquí, que lo dice.',
}
