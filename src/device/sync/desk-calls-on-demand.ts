import { reportUrl } from '#device/sync/report-address.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { DeskGround } from '#device/sync/desk-calls.ts'
import { apiPrefix } from '#protocol/version.ts'

/** The desk's calls, loaded with their schemas at the first of them: no volunteer ever makes one, and the first visit has a budget. */
export function createDeskApiOnDemand(ground: DeskGround): DeskApi {
  const loaded = async (): Promise<DeskApi> => (await import('#device/sync/desk-calls.ts')).createDeskApi(ground)
  return {
    entries: async (filter) => (await loaded()).entries(filter),
    overview: async (filter) => (await loaded()).overview(filter),
    entryCounts: async (filters) => (await loaded()).entryCounts(filters),
    savedViews: async () => (await loaded()).savedViews(),
    saveView: async (view) => (await loaded()).saveView(view),
    removeView: async (id) => (await loaded()).removeView(id),
    entry: async (id) => (await loaded()).entry(id),
    near: async (id) => (await loaded()).near(id),
    setApart: async (id, pair) => (await loaded()).setApart(id, pair),
    reviewers: async () => (await loaded()).reviewers(),
    assign: async (request) => (await loaded()).assign(request),
    fresh: async (after, assignments) => (await loaded()).fresh(after, assignments),
    members: async () => (await loaded()).members(),
    changeMember: async (id, patch) => (await loaded()).changeMember(id, patch),
    audit: async (filter, before) => (await loaded()).audit(filter, before),
    auditText: async (format, filter) => (await loaded()).auditText(format, filter),
    invites: async () => (await loaded()).invites(),
    createInvite: async (invite) => (await loaded()).createInvite(invite),
    deleteInvite: async (id) => (await loaded()).deleteInvite(id),
    revokeDevice: async (id) => (await loaded()).revokeDevice(id),
    quarantine: async () => (await loaded()).quarantine(),
    alarms: async () => (await loaded()).alarms(),
    settle: async (settlement) => (await loaded()).settle(settlement),
    campaign: async () => (await loaded()).campaign(),
    changeCampaign: async (patch) => (await loaded()).changeCampaign(patch),
    importFile: async (format, text) => (await loaded()).importFile(format, text),
    importSealed: async (file, onSent) => (await loaded()).importSealed(file, onSent),
    exportFile: async (order) => (await loaded()).exportFile(order),
    reportFile: async (order, format) => (await loaded()).reportFile(order, format),
    reportUrl,
    reportDraft: async () => (await loaded()).reportDraft(),
    setReportDraft: async (settings) => (await loaded()).setReportDraft(settings),
    putReportPart: async (request) => (await loaded()).putReportPart(request),
    removeReportPart: async (id, was) => (await loaded()).removeReportPart(id, was),
    reportEvidence: async (language) => (await loaded()).reportEvidence(language),
    reportFigure: async (order) => (await loaded()).reportFigure(order),
    publishReport: async (request) => (await loaded()).publishReport(request),
    correctIssue: async (number, correction) => (await loaded()).correctIssue(number, correction),
    fileUrl: (sha256, width) => fileUrl(sha256, width),
  }
}

function fileUrl(sha256: string, width: number | undefined): string {
  return `${apiPrefix}/files/${sha256}${width === undefined ? '' : `?width=${width}`}`
}
