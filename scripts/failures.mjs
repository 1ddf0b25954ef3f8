// What the gate says of its failures once more at its end: of a long log often only the last lines are kept.
import { stripVTControlCharacters } from 'node:util'
import { specsOf } from './tally.mjs'

/** Lines of one failure, and failures of one run: enough to know what broke, little enough to be read. */
const [linesOfOne, told] = [12, 20]

/**
 * @param {VitestReport | null} report
 * @returns {string[]} where, which test and why, of each test that did not pass and of each file that broke
 */
export function failuresOfVitest(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const tests = file.assertionResults.filter((test) => test.status !== 'passed')
    if (tests.length === 0) return file.status === 'failed' ? [failure(file.name, 'the file', [file.message])] : []
    return tests.map((test) => failure(file.name, test.fullName, [...test.failureMessages, `(${test.status})`]))
  })
}

/**
 * @param {PlaywrightReport | null} report
 * @returns {string[]} as of Vitest, and what went wrong outside of all tests
 */
export function failuresOfPlaywright(report) {
  const specs = (report?.suites ?? []).flatMap(specsOf).filter((spec) => spec.tests.some((test) => test.status !== 'expected'))
  const outside = (report?.errors ?? []).map((error) => failure('browser', 'outside of all tests', [error.message]))
  return [...outside, ...specs.map((spec) => failure(`${spec.file}:${spec.line}`, spec.title, reasons(spec)))]
}

/**
 * @param {string} tool
 * @param {number} exitCode
 * @param {string} output
 * @returns {string[]} none of a step that worked
 */
export function failuresOfStep(tool, exitCode, output) {
  return exitCode === 0 ? [] : [failure(tool, 'the step', [output, `(exit ${exitCode})`])]
}

/**
 * @param {readonly string[]} failures
 * @returns {string} the first of them, and how many more there are
 */
export function namedAgain(failures) {
  const more = failures.length > told ? [`… and ${failures.length - told} more`] : []
  return [...failures.slice(0, told), ...more].join('\n\n')
}

/** @param {PlaywrightSpec} spec */
function reasons(spec) {
  return spec.tests.flatMap((test) => [...test.results.flatMap((result) => result.errors.map((error) => error.message)), `(${test.status})`])
}

/**
 * @param {string} where
 * @param {string} which
 * @param {readonly (string | undefined)[]} why
 */
function failure(where, which, why) {
  const lines = why.flatMap((text) => stripVTControlCharacters(text ?? '').split('\n')).filter((line) => line.trim() !== '' && !/^ *at .*node_modules/.test(line))
  const status = lines.length > linesOfOne ? ['…', ...lines.slice(-1)] : []
  return [`FAILED ${where}: ${which}`, ...lines.slice(0, linesOfOne), ...status].join('\n  ')
}

/**
 * The parts of the two JSON reports that are read here.
 * @typedef {{ name: string, status: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }} VitestFile
 * @typedef {{ testResults: VitestFile[] }} VitestReport
 * @typedef {{ message?: string }} PlaywrightError
 * @typedef {{ title: string, file: string, line: number, tests: { status: string, results: { errors: PlaywrightError[] }[] }[] }} PlaywrightSpec
 * @typedef {{ suites?: import('./tally.mjs').Suite<PlaywrightSpec>[], errors?: PlaywrightError[] }} PlaywrightReport
 */
