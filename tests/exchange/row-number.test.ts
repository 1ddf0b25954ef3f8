import { expect, it } from 'vitest'
import { guessPlan } from '#exchange/guess-plan.ts'
import { importTable } from '#exchange/import-table.ts'
import { rowNumberIn } from '#exchange/row-number.ts'
import { readTable } from '#exchange/table.ts'

const guessed = (header: string, cells: readonly string[] = ['1', '2', '3']) => {
  const table = readTable(`${header},Place,Problem\n${cells.map((cell, n) => `${cell},Jacmel,The well number ${n} is dry since May.`).join('\n')}\n`)
  return guessPlan(table, { kind: 'challenge', labelOf: (_field, code) => code, list: 'Dlo' }).rowId?.column
}

it('[EX980] the number of each row is guessed by what people call it in six languages, where each row has one and no two the same', () => {
  const called = ['No', 'N°', 'No.', '#', 'ID', 'Ref.', 'Case ID', 'case_id', 'CaseNo', 'Record number', 'Activity ID', 'S/N', 'Numéro de cas', 'N° de dossier', 'Référence', 'Número de caso', 'ID del registro', '№', '№ п/п', 'Номер обращения', 'رقم الحالة', 'الرقم', '编号', '序号', '案例编号']
  expect(called.filter((header) => guessed(header) !== 0)).toEqual([])
  const others = ['Phone number', 'National ID', 'P-code', 'Org ID', 'Country code', 'Household size', 'Number of people', 'Номер телефона', 'رقم الهاتف', '电话号码', 'Notes', 'Identity']
  expect(others.filter((header) => guessed(header) !== undefined)).toEqual([])
  expect([guessed('ID', ['1', '', '3']), guessed('ID', ['1', '2', '1']), guessed('ID', ['1', '02', '2.0'])]).toEqual([undefined, undefined, undefined])
  // A tool of collection has ids of its own.
  expect(guessPlan(readTable('_uuid,No,text\n8c2a0f7e-0000-4000-8000-000000000001,1,The well of the town is dry.\n'), { kind: 'challenge', labelOf: (_field, code) => code, list: 'Dlo' }).rowId).toBeUndefined()
})

it('[EX981] a number is the same however a spreadsheet wrote it, and in another list it is another one', () => {
  const number = (cell: string, list = 'Dlo') => rowNumberIn({ rowId: { column: 0, list } } as never, { cells: [cell] })
  expect(new Set(['17', ' 017', '17.0', '١٧', '１７'].map((cell) => number(cell))).size).toBe(1)
  expect(new Set([number('A-17'), number('a-17 '), number('A-17', ' dlo')]).size).toBe(1)
  expect([number('17') === number('170'), number('1.7') === number('17'), number('17') === number('17', 'Ayiti')]).toEqual([false, false, false])
  expect(['', ' ', '-', 'n/a', 'x'.repeat(61)].map((cell) => number(cell))).toEqual([null, null, null, null, null])
})

it('[EX981] rows of one number are refused, unless one is the copy of the other', () => {
  const row = (number: string, words: string) => `${number},Haiti,Jacmel,${words},2026-02-03\n`
  const text = `No,Country,Place,Problem,Day\n${row('1', 'The well of the school is dry.')}${row('1', 'The well of the school is dry.')}${row('2', 'The road is under water.')}${row('02', 'The road is under water again.')}${row('', 'The bridge is gone.')}${row('', 'The bridge is gone.')}`
  const plan = { kind: 'challenge', columns: { country: 1, placeName: 2, description: 3, observedOn: 4 }, constants: { topic: 'WSH', severity: '3', sourceType: 'secondary', lang: 'en', populationGroup: 'GEN' }, values: {}, dayOrder: 'dmy', rowId: { column: 0, list: 'Dlo' } } as const
  const read = importTable(text, plan)
  expect(read?.accepted.map(({ row: number }) => number)).toEqual([2, 6, 7])
  expect(read?.refused).toEqual([3, 4, 5].map((number) => ({ reason: 'number-twice', row: number })))
})
