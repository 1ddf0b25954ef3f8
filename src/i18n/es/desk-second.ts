import type { deskSecond as english } from '#i18n/en/desk-second.ts'

export const deskSecond: { readonly [Key in keyof typeof english]: string } = {
  'queue.view.second': 'Para una segunda lectura',
  'queue.empty.second': 'Nada espera su segunda lectura.',
  'queue.facet.second': 'Segunda lectura',
  'facetCode.second.me': 'Me espera',
  'facetCode.second.wanted': 'Espera a una segunda persona',
  'facetCode.second.agreed': 'Los dos dijeron lo mismo',
  'facetCode.second.differed': 'Los dos difieren',
  'second.title': 'Usted lee esto como segunda persona.',
  'second.text': 'Alguien ya decidió. Lo que dijo se muestra después de su propio veredicto. El mismo veredicto confirma el suyo; otro deja la ficha en disputa hasta que alguien lo resuelva.',
  'history.agreed': 'segunda lectura, el mismo veredicto',
  'bulk.why.second': 'espera a una segunda persona, que la lee por separado',
  'campaign.second': 'De cada cien fichas decididas, tantas las lee una segunda persona',
  'campaign.secondHint': 'Cuáles se calcula con una clave del servidor, para que nadie las elija. Las citas aprobadas en fichas de sensibilidad alta se leen siempre. Hasta entonces una ficha cuenta como fue decidida.',
  'campaign.secondRange': 'Un número entero de 0 a 100.',
  'campaign.setting.secondReading': 'Segunda lectura, de cada cien',
  'campaign.secondSoFar': '{count, plural, =0 {Ninguna ficha fue leída aún por dos personas.} one {# ficha fue leída por dos personas, {agreed, number} con el mismo veredicto.} other {# fichas fueron leídas por dos personas, {agreed, number} con el mismo veredicto.}}',
  'campaign.secondShare': 'Coinciden en {percent, number} de cada cien.',
  'campaign.secondWaiting': '{count, plural, =0 {Ninguna espera.} one {# espera a una segunda persona.} other {# esperan a una segunda persona.}}',
}
