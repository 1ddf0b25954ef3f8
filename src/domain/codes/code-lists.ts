/**
 * The code lists of the domain, in the order in which people are shown them. Codes are stored, never labels; the labels
 * in every language stand in `#i18n/labels`. Sources: OCHA HDX HAPI, IATI, JIAF, UNHCR and the lists of the field's practice.
 */
export const severities = [1, 2, 3, 4, 5] as const
export type Severity = (typeof severities)[number]

export const topics = ['EDU', 'ECC', 'HEA', 'MHP', 'FSC', 'WSH', 'LIV', 'SHL', 'PRO', 'SOC', 'INF', 'CUL', 'ENV', 'DIS', 'MOB', 'GOV', 'OTH'] as const
export type Topic = (typeof topics)[number]
export const trends = ['new', 'better', 'same', 'worse', 'resolved'] as const
export type Trend = (typeof trends)[number]
export const populationGroups = ['GEN', 'HST', 'IDP', 'REF', 'ASY', 'RRI', 'STA', 'MIG'] as const
export type PopulationGroup = (typeof populationGroups)[number]
export const focusGroups = ['WOM', 'CAR', 'INF', 'CHI', 'YOU', 'OLD', 'DIS', 'PLW', 'SPH', 'POV', 'IFW', 'HOM', 'IND', 'CHR', 'HWK', 'TEA', 'RUR', 'DET', 'LGB'] as const
export type FocusGroup = (typeof focusGroups)[number]
export const ageBands = ['0_4', '5_17', '18_59', '60_up'] as const
export const sexes = ['f', 'm', 'x', 'u'] as const
export const estimateMethods = ['counted', 'register', 'informant', 'estimate', 'unknown'] as const
export const sourceTypes = ['direct_observation', 'affected_person', 'key_informant', 'group_discussion', 'secondary', 'rumour'] as const
export type SourceType = (typeof sourceTypes)[number]
export const sourceReliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export type SourceReliability = (typeof sourceReliabilities)[number]
export const infoCredibilities = ['1', '2', '3', '4', '5', '6'] as const
export type InfoCredibility = (typeof infoCredibilities)[number]
export const sensitivities = ['low', 'moderate', 'high', 'severe'] as const
export type Sensitivity = (typeof sensitivities)[number]
export type Coverage = (typeof coverages)[number]
export const actionStatuses = ['planned', 'ongoing', 'completed', 'suspended', 'cancelled'] as const
export type ActionStatus = (typeof actionStatuses)[number]
export const actionTypes = ['distribution', 'cash', 'service', 'education', 'information', 'psychosocial', 'advocacy', 'production', 'coordination', 'culture', 'fundraising', 'assessment', 'other'] as const
export type ActionType = (typeof actionTypes)[number]
export const orgTypes = ['441', '437', '504', '501', '446', '445', '431', '435', '447', '438', '444', '439', '433', '443', 'x-informal', 'x-youth', 'x-women', 'x-individual'] as const
export type OrgType = (typeof orgTypes)[number]
export const needs = ['food', 'water', 'hygiene', 'health', 'mhpss', 'cash', 'work', 'shelter', 'school', 'internet', 'information', 'safety', 'documents', 'transport', 'care', 'contact', 'none'] as const
export type Need = (typeof needs)[number]
export const causes = ['restrictions', 'closure', 'income', 'prices', 'disease', 'digital', 'conflict', 'hazard', 'displacement', 'discrimination', 'misinformation', 'policy', 'preexisting', 'other', 'unknown'] as const
export const consequences = ['learning_loss', 'income_loss', 'hunger', 'health', 'mental', 'violence', 'child_labour', 'care_burden', 'exclusion', 'stigma', 'trust', 'digital_gap', 'culture', 'environment', 'migration', 'solidarity', 'other'] as const
export type Consequence = (typeof consequences)[number]
export const copings = ['none', 'reduce_food', 'debt', 'sell', 'skip_care', 'school_out', 'child_work', 'move', 'beg', 'risk', 'mutual_aid', 'unknown'] as const
export const resourceSources = ['own', 'voluntary', 'crowd', 'private', 'ngo', 'public', 'un', 'none', 'unknown'] as const
export const crisisNovelties = ['new', 'adapted', 'continued'] as const
export const horizons = ['now', 'year', 'long'] as const
export const sdgs = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15', '16', '17'] as const
export const sectorsIasc = ['CCM', 'ERY', 'EDU', 'SHL', 'TEL', 'FSC', 'HEA', 'LOG', 'NUT', 'PRO', 'WSH', 'MUL'] as const
export type SectorIasc = (typeof sectorsIasc)[number]
export const sectorsIascAor = ['PRO-CPN', 'PRO-GBV', 'PRO-HLP', 'PRO-MIN'] as const
export type SectorIascAor = (typeof sectorsIascAor)[number]
export const unescoProgrammes = ['ED', 'SC', 'SHS', 'CLT', 'CI', 'XX'] as const
export type UnescoProgramme = (typeof unescoProgrammes)[number]

export const settings = ['urban', 'informal_settlement', 'rural', 'isolated', 'camp', 'online'] as const
export const consentBases = ['no_person', 'verbal', 'written', 'guardian', 'not_asked'] as const
export const datePrecisions = ['day', 'week', 'month'] as const
export const sinces = ['before_crisis', '<1m', '1-3m', '3-6m', '>6m', 'unknown'] as const
export const units = ['people', 'households'] as const
export const barriers = ['distance', 'cost', 'documents', 'fear', 'information', 'language', 'disability', 'restrictions', 'discrimination', 'none', 'other'] as const
export const responsesSeen = ['nobody', 'some', 'enough', 'unknown'] as const
export const independentSources = ['1', '2-3', '4+'] as const
export const quoteRoles = ['mother', 'father', 'young person', 'older person', 'teacher', 'health worker', 'farmer', 'worker', 'shopkeeper', 'community leader', 'volunteer', 'other'] as const
export const modalities = ['in_person', 'remote', 'both'] as const
export const reachedFrequencies = ['different', 'same', 'mixed', 'unknown'] as const
export const worksValues = ['well', 'partly', 'not', 'early'] as const
export const addressees = ['community', 'ngo', 'local_authority', 'government', 'unesco_un', 'donor', 'private'] as const
export const coverages = ['little', 'partly', 'mostly', 'fully', 'unknown'] as const
