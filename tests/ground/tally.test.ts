import { describe, expect, it } from 'vitest'
import { sum, tallyPlaywright, tallyStep, tallyVitest } from '../../scripts/tally.mjs'

const passed = { status: 'passed' }

describe('the count of the gate', () => {
  it('[GR13] a passed test counts as passed, each other outcome as failed', () => {
    const outcomes = ['passed', 'failed', 'skipped', 'pending', 'todo'].map((status) => ({ status }))
    expect(tallyVitest({ testResults: [{ status: 'failed', assertionResults: outcomes }] }, 1)).toEqual({ passed: 1, failed: 4 })
  })

  it('[GR13] a file that could not be loaded counts as failed', () => {
    const files = [{ status: 'passed', assertionResults: [passed] }, { status: 'failed', assertionResults: [] }]
    expect(tallyVitest({ testResults: files }, 1)).toEqual({ passed: 1, failed: 1 })
  })

  it('[GR13] a runner that ends badly without naming a failure has failed once', () => {
    const files = [{ status: 'passed', assertionResults: [passed, passed] }]
    expect(tallyVitest({ testResults: files }, 1)).toEqual({ passed: 2, failed: 1 })
    expect(tallyVitest({ testResults: files }, 0)).toEqual({ passed: 2, failed: 0 })
  })

  it('[GR13] a runner that wrote no report, or ran nothing, has failed once', () => {
    expect(tallyVitest(null, 0)).toEqual({ passed: 0, failed: 1 })
    expect(tallyPlaywright(null, 0)).toEqual({ passed: 0, failed: 1 })
    expect(tallyPlaywright({ suites: [], errors: [] }, 0)).toEqual({ passed: 0, failed: 1 })
  })

  it('[GR13] flaky and skipped browser tests and errors outside tests count as failed, at any depth', () => {
    const specs = ['expected', 'unexpected', 'flaky', 'skipped'].map((status) => ({ tests: [{ status }] }))
    const report = { suites: [{ specs: [{ tests: [{ status: 'expected' }] }], suites: [{ specs }] }], errors: [{}] }
    expect(tallyPlaywright(report, 1)).toEqual({ passed: 2, failed: 4 })
  })

  it('[GR13] a step that works counts once, and everything is summed', () => {
    expect(sum([tallyStep(0), tallyStep(2), { passed: 3, failed: 0 }])).toEqual({ passed: 4, failed: 1 })
  })
})
