/** The wire version: raised with every change of a wire schema that the schema hash test sees. History below. */
export const wireVersion = 4

/** Messages of every released version are accepted for ever, so this may never rise. */
export const oldestWireVersion = 1

/** What each version brought. */
export const wireHistory: Readonly<Record<number, string>> = {
  1: 'join, session, sync with seals and manifests, quarantine, files by tus, entries, decisions, invites, import and export',
  2: 'a device may take a new id and key (POST /devices/rotate)',
  3: 'set-aside changes readable and settled, alarms, releases with a reason, the clock of a phone and its pending entries; consent to a place, and the words by which consent was asked',
  4: 'the campaign’s encryption key, bundles sealed for it (terrain-bundle/2) and brought in parts; another device of the same member by an invite of its own (POST /devices/move); the settings of a campaign, with a revision that every sync names (GET and PATCH /campaigns/{id}); a table with how a person reads it (POST /import?format=table); another role and the end of a membership (PATCH /members/{id}); sixteen facets, counts of several lists, saved views, where a search found its words; counts by area, topic, day and severity, and lists by who acts and by what a report counts; which steps a seal covers; places whose words were erased; voices in a bundle’s head; what has happened since a desk looked last (GET /fresh); that nobody gets a question on an entry (unreachable); who reads which entry (GET /reviewers, POST /assignments), as a facet too; a second reading of what one person decided; which campaign an invite is for (POST /join/look), a further campaign (POST /campaigns), and the device that a request speaks as (x-terrain); a sync without what both sides know, and an answer without what the device says that it knows (same, counter); what stands at the place that a device has read to (mark), so that a log that was set back shows (setBack); a proof by the device’s key for what harms for good; publishing under an id, so that it may be asked for again, and how many files of an erasure the storage has kept; rows of a table that are here under another reading (otherwise), and how to bring them in all the same (again); what entries call a region whose code the campaign does not list (adm1Name, names); a table compared with what is here (POST /import?format=trial), and of a row that is left out its entry and in what they differ (entry, fields)',
}

export const apiPrefix = '/api/v1'

/**
 * Our own header, which no form of another site can send, and in it the device that a request speaks as. One browser may hold several
 * memberships, each with a session of its own, and sends the cookies of all of them; what cannot carry a header, as a picture in a page, says
 * it in its address. `unnamed` is of whoever is no device yet, of scripts, and of phones of before.
 */
export const ownHeader = 'x-terrain'
export const unnamed = '1'
export const deviceQuery = 'device'
