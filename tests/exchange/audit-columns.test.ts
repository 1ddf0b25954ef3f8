import { describe, expect, it } from 'vitest'
import { auditCsvHead, auditCsvRows, auditJsonLines } from '#exchange/audit-columns.ts'
import type { AuditedAct } from '#exchange/audit-columns.ts'
import { csvRows } from '#exchange/csv.ts'

const anAct: AuditedAct = {
  place: '7.0', receivedAt: '2026-03-01T09:00:00.000Z', recordedAt: '2026-03-01T08:00:00Z', act: 'decide', verdict: 'reject', by: { name: '=HYPERLINK("x")', role: 'coordinator' }, device: '+Phone', carriedBy: null, isImport: false,
  ref: 'C-000001', revision: 2, fields: ['topic', 'place'], reason: '=SUM(1) call +509 3412 3456 or write awa@example.org', linkKind: null, subject: null, role: null, count: null, setAside: null, erased: false, proven: true,
}

describe('the log as a file', () => {
  it('[EX90] one row an act under its names and tags, each tag once, and no cell a spreadsheet would run', () => {
    const rows = csvRows(`${auditCsvHead()}${auditCsvRows([anAct, { ...anAct, place: '6.1', proven: null, isImport: true, carriedBy: 'Ruth' }])}`)
    const [names = [], tags = [], first = [], second = []] = rows
    expect(rows).toHaveLength(4)
    expect(new Set(tags).size).toBe(names.length)
    expect(tags.every((tag) => tag.startsWith('#'))).toBe(true)
    const cell = (row: readonly string[], name: string) => row[names.indexOf(name)]
    expect(first.filter((text) => /^[=+@-]/.test(text))).toEqual([])
    expect([cell(first, 'Revision'), cell(first, 'Fields or settings'), cell(first, 'Sealed by its device')]).toEqual(['2', 'topic | place', 'yes'])
    expect([cell(second, 'Imported by'), cell(second, 'Brought by'), cell(second, 'Sealed by its device')]).toEqual(['Ruth', '', ''])
  })

  it('[EX91] a reason leaves without addresses and numbers to call, in either form', () => {
    for (const text of [auditCsvRows([anAct]), auditJsonLines([anAct])]) {
      expect(text).toContain('=SUM(1) call')
      expect(text).not.toMatch(/3412|example\.org/)
    }
    expect(auditJsonLines([anAct, anAct]).trimEnd().split('\n').map((line) => (JSON.parse(line) as AuditedAct).place)).toEqual(['7.0', '7.0'])
  })
})
