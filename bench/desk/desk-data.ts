import { createHash, randomUUID } from 'node:crypto'
import { createChangeId, createDeviceId, createEntryId, createMemberId, instantOf } from '../../src/domain/new-ids.ts'
import type { CampaignId, Chance, ChangeId, Clock, EntryId, Sha256 } from '../../src/domain/ids.ts'
import { sourceTypes, topics } from '../../src/domain/codes/code-lists.ts'
import type { Change } from '../../src/domain/change.ts'
import { createServerKeyPair } from '../../src/server/auth/keys.ts'
import type { PreparedChange, Store, StoredDevice, StoredMember } from '../../src/server/store/store.ts'

/** Words of each language, so that a search has rare and common ones: the nth is used about 1/n as often as the first. */
const vocabulary: Readonly<Record<string, readonly string[]>> = {
  en: 'the water school children market road clinic food teacher since closed days families well rain shelter price boat bridge medicine night radio garden lessons phone rice soap queue blankets harvest goats toilet electricity generator widow river'.split(' '),
  fr: 'les eau école enfants marché route clinique nourriture professeur depuis fermée jours familles puits pluie abri prix bateau pont médicaments nuit radio jardin leçons téléphone riz savon file couvertures récolte chèvres toilettes électricité'.split(' '),
  es: 'los agua escuela niños mercado camino clínica comida maestra desde cerrada días familias pozo lluvia refugio precio barco puente medicinas noche radio huerta lecciones teléfono arroz jabón fila mantas cosecha cabras baños'.split(' '),
  ar: 'في الماء المدرسة الأطفال السوق الطريق العيادة الطعام المعلمة منذ مغلقة أيام العائلات البئر المطر المأوى السعر القارب الجسر الدواء الليل الراديو الحديقة الدروس الهاتف الأرز الصابون البطانيات الحصاد'.split(' '),
  ru: 'в вода школа дети рынок дорога больница еда учитель закрыта дней семьи колодец дождь укрытие цена лодка мост лекарства ночь радио огород уроки телефон рис мыло очередь одеяла урожай козы'.split(' '),
  zh: '我们 学校 孩子 市场 道路 诊所 食物 老师 关闭 家庭 水井 下雨 住所 价格 船 桥 药品 晚上 收音机 菜园 课程 电话 大米 肥皂 排队 毯子 收成 山羊 停水 停电'.split(' '),
}
const countries = ['HTI', 'MLI', 'COL', 'LBN', 'UKR', 'CHN', 'KEN', 'SYR']
const states = ['approved', 'approved', 'approved', 'approved', 'approved', 'approved', 'approved', 'rejected', 'asked', 'open', 'open'] as const

export interface DeskCampaign {
  readonly campaignId: CampaignId
  readonly entries: number
  readonly changes: number
}

/** A sequence of numbers below 1 that repeats itself. */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const pick = <Item>(roll: () => number, list: readonly Item[]): Item => list[Math.floor(roll() * list.length)] as Item
/** Seldom the last, often the first. */
const pickCommon = <Item>(roll: () => number, list: readonly Item[]): Item => list[Math.floor(list.length ** roll()) - 1] as Item

/**
 * A campaign of many entries, written by the store's own append in runs of 500, as phones send them; only signatures are left out,
 * which the store does not look at.
 */
export async function fillDeskCampaign(store: Store, entries: number): Promise<DeskCampaign> {
  const roll = dice(7)
  let now = Date.UTC(2026, 0, 5, 6)
  const clock: Clock = { now: () => (now += 900) }
  const chance: Chance = { bytes: (length) => Uint8Array.from({ length }, () => Math.floor(roll() * 256)) }
  const keys = createServerKeyPair()
  const campaignId = randomUUID() as CampaignId
  const [serverDeviceId, serverMemberId] = [createDeviceId(clock, chance), createMemberId(clock, chance)]
  await store.campaigns.create({ id: campaignId, name: 'Many entries', countries, languages: Object.keys(vocabulary), startsOn: null, urgentHelp: null, ...keys, serverDeviceId, serverMemberId, defaultSensitivity: 'moderate' }, instantOf(clock))
  const people: Writer[] = []
  for (let n = 0; n < 400; n += 1) {
    const member: StoredMember = { id: createMemberId(clock, chance), campaignId, role: n < 8 ? 'coordinator' : 'volunteer', name: `Person ${n} ${pick(roll, ['Awa', 'Ruth', 'Nia', 'Jean', 'Омар', 'ليلى', '王芳'])}`, organisation: `Organisation ${n % 30}`, language: 'en', joinedAt: instantOf(clock), endedAt: null }
    const device: StoredDevice = { id: createDeviceId(clock, chance), campaignId, memberId: member.id, publicKey: keys.publicKey, label: `Phone ${n}`, createdAt: instantOf(clock), revokedAt: null, lastContactAt: null, appVersion: null, manifest: null }
    await store.members.add(member, device)
    people.push(new Writer(store, { member, device, clock, chance }))
  }
  const coordinators = people.slice(0, 8)
  const volunteers = people.slice(8)
  let changes = 0
  for (let from = 0; from < entries; from += 500) {
    const author = pickCommon(roll, volunteers)
    const records = Array.from({ length: Math.min(500, entries - from) }, () => author.change('record', { content: someContent(roll) }))
    await author.push(records)
    const decisions = records.flatMap((record) => decisionOn(record, roll)).map(({ entryId, base, body }) => pickCommon(roll, coordinators).change('decide', body, { entryId, base }))
    for (const writer of new Set(decisions.map((written) => written.writer))) await writer.push(decisions.filter((written) => written.writer === writer))
    changes += records.length + decisions.length
  }
  return { campaignId, entries, changes }
}

interface Written {
  readonly writer: Writer
  readonly change: Change
}

class Writer {
  readonly #store: Store
  readonly #ground: { readonly member: StoredMember; readonly device: StoredDevice; readonly clock: Clock; readonly chance: Chance }
  #deviceSeq = 0
  #sentSeq = 0
  #hash: Sha256 | null = null

  constructor(store: Store, ground: { readonly member: StoredMember; readonly device: StoredDevice; readonly clock: Clock; readonly chance: Chance }) {
    this.#store = store
    this.#ground = ground
  }

  change(type: 'record' | 'decide', body: unknown, about: { readonly entryId?: EntryId; readonly base?: ChangeId } = {}): Written {
    const { clock, chance } = this.#ground
    const change = { v: 1, id: createChangeId(clock, chance), entryId: about.entryId ?? createEntryId(clock, chance), deviceSeq: 0, type, base: about.base ?? null, body, salt: 'A'.repeat(22), recordedAt: instantOf(clock), appVersion: 'bench' }
    return { writer: this, change: change as unknown as Change }
  }

  async push(written: readonly Written[]): Promise<void> {
    const { member, device, clock } = this.#ground
    const first = this.#hash
    const changes = written.map(({ change }): PreparedChange => {
      this.#deviceSeq += 1
      const numbered = { ...change, deviceSeq: this.#deviceSeq }
      const text = JSON.stringify(numbered)
      const changeHash = sha256(text)
      const link = { deviceSeq: this.#deviceSeq, prevHash: this.#hash, hash: sha256(`${this.#hash ?? ''}${changeHash}`) }
      this.#hash = link.hash
      return { id: change.id, entryId: change.entryId, deviceSeq: this.#deviceSeq, type: change.type, changeHash, link, text, change: numbered, refused: null }
    })
    const seal = { deviceId: device.id, deviceSeq: this.#deviceSeq, firstDeviceSeq: this.#sentSeq + 1, prevHash: first, hash: this.#hash as Sha256, sig: 'x' }
    this.#sentSeq = this.#deviceSeq
    await this.#store.changes.append({ campaignId: member.campaignId, deviceId: device.id, memberId: member.id, carriedBy: member.id, receivedAt: instantOf(clock), seal, changes, judge: () => null })
  }
}

function sha256(text: string): Sha256 {
  return createHash('sha256').update(text).digest('hex') as Sha256
}

function someContent(roll: () => number): object {
  const lang = pickCommon(roll, Object.keys(vocabulary))
  const words = Array.from({ length: 15 + Math.floor(roll() * 45) }, () => pickCommon(roll, vocabulary[lang] ?? []))
  const contact = roll() < 0.03 ? ' 3705 1234' : ''
  const shared = {
    topic: pickCommon(roll, topics), country: pickCommon(roll, countries), adm1Name: `Region ${Math.floor(40 ** roll())}`, placeName: `Place ${Math.floor(roll() * 3000)}`,
    populationGroup: ['GEN'], observedOn: new Date(Date.UTC(2026, 0, 1 + Math.floor(roll() * 300))).toISOString().slice(0, 10), description: `${words.join(lang === 'zh' ? '，' : ' ')}${contact} n${Math.floor(roll() * 200_000)}.`,
    lang, sourceType: pick(roll, sourceTypes), consentBasis: 'verbal',
    ...(roll() < 0.3 ? { photos: [aPhoto(roll)] } : {}), ...(roll() < 0.05 ? { sensitivity: 'high' } : {}),
  }
  if (roll() < 0.3) return { kind: 'action', actionType: ['education'], status: 'ongoing', startOn: '2026-02-01', orgName: `Group ${Math.floor(roll() * 50)}`, orgType: '504', reached: 'unknown', noneListed: true, ...shared }
  return { kind: 'challenge', severity: 1 + Math.floor(roll() * 5), ...shared }
}

function aPhoto(roll: () => number): object {
  const hash = () => sha256(String(roll()))
  return { sha256: hash(), bytes: 200_000, type: 'image/jpeg', width: 1600, height: 1200, thumb: { sha256: hash(), bytes: 9000 } }
}

function decisionOn({ change }: Written, roll: () => number): readonly { readonly entryId: EntryId; readonly base: ChangeId; readonly body: object }[] {
  const state = pick(roll, states)
  if (state === 'open') return []
  const shared = { revision: change.id, contentHash: '0'.repeat(64), questions: [] }
  const verdict = { approved: { verdict: 'approve' }, rejected: { verdict: 'reject', reason: 'not from here' }, asked: { verdict: 'askBack', questions: [{ id: randomUUID(), field: 'placeName', text: 'Where is it?' }] } }[state]
  return [{ entryId: change.entryId, base: change.id, body: { ...shared, ...verdict } }]
}

