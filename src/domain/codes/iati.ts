import type { ActionStatus, OrgType, SectorIasc, SectorIascAor } from '#domain/codes/code-lists.ts'

/** The codes of IATI 2.03 for our own: sector vocabulary 10 (clusters; null where it has none), organisation type, activity status. */
export const iatiSectors: Readonly<Record<SectorIasc | SectorIascAor, string | null>> = {
  CCM: '1', ERY: '2', EDU: '3', SHL: '4', TEL: '5', FSC: '6', HEA: '7', LOG: '8', NUT: '9', PRO: '10', WSH: '11', MUL: null, 'PRO-CPN': '5403', 'PRO-GBV': '5404', 'PRO-HLP': '5405', 'PRO-MIN': '5406',
}
export const iatiOrgTypes: Readonly<Record<OrgType, string>> = {
  '441': '22', '437': '21', '504': '24', '501': '24', '446': '24', '445': '22', '431': '80', '435': '10', '447': '40', '438': '40', '444': '70', '439': '70', '433': '60', '443': '90', 'x-informal': '90', 'x-youth': '24', 'x-women': '24', 'x-individual': '90',
}
export const iatiStatuses: Readonly<Record<ActionStatus, string>> = { planned: '1', ongoing: '2', completed: '4', suspended: '6', cancelled: '5' }
