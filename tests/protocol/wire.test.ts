import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { toJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { changeBodySchemas, changeEnvelopeSchema } from '#domain/change.ts'
import { instantSchema } from '#domain/ids.ts'
import * as assignment from '#protocol/assignment.ts'
import * as bundle from '#protocol/bundle.ts'
import * as bundleFile from '#protocol/bundle-file.ts'
import * as bundleRecords from '#protocol/bundle-records.ts'
import * as campaign from '#protocol/campaign.ts'
import * as desk from '#protocol/desk.ts'
import * as imported from '#protocol/import.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import * as fresh from '#protocol/fresh.ts'
import * as membership from '#protocol/membership.ts'
import * as membershipRequest from '#protocol/membership-request.ts'
import { createProblem, problemSchema, problemStatus, quarantineReasons, retiredProblemCodes } from '#protocol/problem.ts'
import * as savedView from '#protocol/saved-view.ts'
import * as sync from '#protocol/sync.ts'
import * as syncRequest from '#protocol/sync-request.ts'
import { oldestWireVersion, wireHistory, wireVersion } from '#protocol/version.ts'

/** Per released version the hash of its schema; a file of its own, so that a change of it stands out in a review. */
const pinned = v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(new URL('wire-schema-hashes.json', import.meta.url), 'utf8')))

const modules = { assignment, bundle, bundleFile, bundleRecords, campaign, desk: { ...desk, ...imported }, fresh, membership, membershipRequest, problem: { problemSchema }, savedView, sync, syncRequest, change: { changeEnvelopeSchema, ...changeBodySchemas } }

describe('the wire', () => {
  it('[PR8] its schema changes only together with its version', () => {
    const actual = wireSchemaHash()
    const version = String(wireVersion)
    const advice = `The schema of the wire has changed; it now has the hash ${actual}. If version ${version} has not been released yet, put this hash into tests/protocol/wire-schema-hashes.json. Otherwise raise wireVersion in src/protocol/version.ts, say in wireHistory what is new, and add the hash under the new version: messages of every released version must still be accepted.`
    expect(pinned[version] === actual ? 'as pinned' : advice).toBe('as pinned')
  })

  it('[PR8] every version has its history, and the oldest never rises', () => {
    expect(oldestWireVersion).toBe(1)
    for (let version = oldestWireVersion; version <= wireVersion; version += 1) expect(wireHistory[version]?.length).toBeGreaterThan(10)
    expect(Object.keys(wireHistory)).toEqual(Object.keys(pinned))
  })

  it('[PR9] a run takes changes that do not parse, so that one cannot block the others', () => {
    const seal = { deviceSeq: 2, hash: 'a'.repeat(64), sig: 'A'.repeat(86) }
    expect(v.is(syncRequest.runSchema, { prevHash: null, changes: ['nonsense', { v: 99 }], seal })).toBe(true)
    expect(v.is(syncRequest.runSchema, { prevHash: null, changes: [], seal })).toBe(false)
    expect(v.is(syncRequest.runSchema, { prevHash: null, changes: Array.from({ length: 501 }, () => ({})), seal })).toBe(false)
  })

  it('[PR9] unknown members of a newer version pass, and a private key never does', () => {
    const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) }
    expect(v.is(membership.publicKeySchema, publicKey)).toBe(true)
    expect(v.is(membership.publicKeySchema, { ...publicKey, d: 'd'.repeat(43) })).toBe(false)
    expect(v.parse(syncRequest.manifestSchema, { highDeviceSeq: 1, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0, later: true })).toHaveProperty('later', true)
  })

  it('[PR10] every problem has a stable code with a status, and no retired code is in use', () => {
    for (const [code, status] of Object.entries(problemStatus)) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(retiredProblemCodes).not.toContain(code)
      expect(v.is(problemSchema, createProblem(code as keyof typeof problemStatus))).toBe(true)
    }
    expect(createProblem('epoch-changed', { epoch: 'e', restoredSeq: 3 })).toMatchObject({ status: 409, code: 'epoch-changed', restoredSeq: 3 })
    expect(new Set(quarantineReasons).size).toBe(quarantineReasons.length)
  })
})

/** Over every exported schema, by module and name; checks across fields have no JSON Schema and are pinned by their own tests. */
function wireSchemaHash(): string {
  const schemas = Object.entries(modules).flatMap(([module, exports]) =>
    Object.entries(exports).filter((entry): entry is [string, v.GenericSchema] => isSchema(entry[1])).map(([name, schema]) => [`${module}.${name}`, toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' })] as const))
  return createHash('sha256').update(canonicalJson(JSON.parse(JSON.stringify(Object.fromEntries(schemas))))).digest('hex')
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema'
}

describe('moments', () => {
  it('[PR9] a moment that there is none of does not parse, so that no screen has to show it', () => {
    const isMoment = (text: string) => v.is(instantSchema, text)
    expect(['2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00+05:30', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2024-02-29T12:00:00Z'].filter((text) => !isMoment(text))).toEqual([])
    expect(['9999-99-99T00:00:00Z', '2026-01-01T25:00:00Z', '2026-13-01T00:00:00Z', '2026-01-01T00:00:00+99:99', '2026-02-30T00:00:00Z', '2026-02-29T00:00:00Z', '2026-03-00T00:00:00Z', '1900-02-29T00:00:00Z'].filter(isMoment)).toEqual([])
  })
})
