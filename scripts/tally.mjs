// How the gate counts. Only a passed test counts as passed: a skipped one, a flaky one, a file that could not be
// loaded, a runner that died or found nothing, all count as failed.

/** @typedef {{ passed: number, failed: number }} Tally */

/**
 * A step that either works or does not: the compiler, the linter, the build.
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyStep(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * @param {VitestReport | null} report
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyVitest(report, exitCode) {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults.map((test) => test.status === 'passed'))
  const brokenFiles = files.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status === 'passed'))
  return settle([...tests, ...brokenFiles.map(() => false)], exitCode)
}

/**
 * @param {PlaywrightReport | null} report
 * @param {number} exitCode
 * @returns {Tally}
 */
export function tallyPlaywright(report, exitCode) {
  const specs = (report?.suites ?? []).flatMap(specsOf)
  const tests = specs.flatMap((spec) => spec.tests.map((test) => test.status === 'expected'))
  return settle([...tests, ...(report?.errors ?? []).map(() => false)], exitCode)
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, tally) => total + tally.passed, 0),
    failed: tallies.reduce((total, tally) => total + tally.failed, 0),
  }
}

/**
 * A runner that ends badly without naming a failure, or that ran nothing, has failed once.
 * @param {readonly boolean[]} results
 * @param {number} exitCode
 * @returns {Tally}
 */
function settle(results, exitCode) {
  const passed = results.filter(Boolean).length
  const failed = results.length - passed
  const silentFailure = failed === 0 && (exitCode !== 0 || passed === 0)
  return { passed, failed: silentFailure ? 1 : failed }
}

/**
 * @template Spec
 * @param {Suite<Spec>} suite
 * @returns {Spec[]} at any depth
 */
export function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
}

/**
 * The parts of the two JSON reports that are read here.
 * @typedef {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} VitestReport
 * @typedef {{ tests: { status: string }[] }} PlaywrightSpec
 * @typedef {{ suites?: Suite<PlaywrightSpec>[], errors?: unknown[] }} PlaywrightReport
 */
/**
 * @template Spec
 * @typedef {{ specs?: Spec[], suites?: Suite<Spec>[] }} Suite
 */
