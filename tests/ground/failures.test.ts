import { describe, expect, it } from 'vitest'
import { failuresOfPlaywright, failuresOfStep, failuresOfVitest, namedAgain } from '../../scripts/failures.mjs'

const passed = { status: 'passed', fullName: 'works', failureMessages: [] }

describe('the end of a gate that failed', () => {
  it('[GR41] names file, test and the first lines of why, without the colours', () => {
    const why = ['\u001B[31mAssertionError: expected 1 to be 2\u001B[39m', ...Array.from({ length: 30 }, (_, at) => `at line ${at}`)].join('\n')
    const [only, ...others] = failuresOfVitest({ testResults: [
      { name: 'tests/a.test.ts', status: 'passed', assertionResults: [passed] },
      { name: 'tests/b.test.ts', status: 'failed', assertionResults: [passed, { status: 'failed', fullName: 'b > breaks', failureMessages: [why] }] },
    ] })
    expect(others).toEqual([])
    expect(only?.split('\n').slice(0, 3)).toEqual(['FAILED tests/b.test.ts: b > breaks', '  AssertionError: expected 1 to be 2', '  at line 0'])
    expect(only?.split('\n').slice(-2)).toEqual(['  …', '  (failed)'])
    expect(only).not.toContain('at line 11')
  })

  it('[GR41] names a test that was passed over, and a file that could not be loaded', () => {
    expect(failuresOfVitest({ testResults: [
      { name: 'tests/c.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
      { name: 'tests/d.test.ts', status: 'passed', assertionResults: [{ status: 'skipped', fullName: 'd', failureMessages: [] }] },
    ] })).toEqual(['FAILED tests/c.test.ts: the file\n  Cannot find module', 'FAILED tests/d.test.ts: d\n  (skipped)'])
  })

  it('[GR41] names browser tests at any depth, those that passed at the second try, and what broke outside of them', () => {
    const spec = (title: string, status: string) => ({ title, file: 'e.spec.ts', line: 7, tests: [{ status, results: [{ errors: [{ message: `${title}: why` }] }] }] })
    const report = { suites: [{ specs: [spec('fine', 'expected')], suites: [{ specs: [spec('wrong', 'unexpected'), spec('wavers', 'flaky')] }] }], errors: [{ message: 'no browser' }] }
    expect(failuresOfPlaywright(report)).toEqual([
      'FAILED browser: outside of all tests\n  no browser',
      'FAILED e.spec.ts:7: wrong\n  wrong: why\n  (unexpected)',
      'FAILED e.spec.ts:7: wavers\n  wavers: why\n  (flaky)',
    ])
  })

  it('[GR41] names a step that failed, and none that worked', () => {
    expect([failuresOfStep('tsc', 0, 'fine'), failuresOfStep('tsc', 2, 'a.ts(1,2): error')]).toEqual([[], ['FAILED tsc: the step\n  a.ts(1,2): error\n  (exit 2)']])
  })

  it('[GR41] says nothing of a runner that wrote no report, and of a hundred failures names twenty and counts the others', () => {
    expect([failuresOfVitest(null), failuresOfPlaywright(null)]).toEqual([[], []])
    const named = namedAgain(Array.from({ length: 100 }, (_, at) => `FAILED ${at}`)).split('\n\n')
    expect([named.length, named[19], named[20]]).toEqual([21, 'FAILED 19', '… and 80 more'])
  })
})
