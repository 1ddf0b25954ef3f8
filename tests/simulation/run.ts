import 'fake-indexeddb/auto'
import { parseArgs } from 'node:util'
import { withoutScreens } from './without-screens.ts'

/**
 * `npm run simulate -- --seed 17` lives the history of seed 17 once more and tells it; `--histories 100` goes on from there.
 * Ends with 1 at the first violation. `--days 30 --volunteers 60` lives weeks of a campaign instead.
 */
const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, histories: { type: 'string', default: '1' }, steps: { type: 'string', default: '60' }, quiet: { type: 'boolean', default: false }, days: { type: 'string' }, volunteers: { type: 'string', default: '20' }, all: { type: 'boolean', default: false } } })
// Behind `fake-indexeddb/auto`: the device's library looks for IndexedDB when it is loaded.
withoutScreens()
const { live } = await import('./live.ts')
const { Pages } = await import('./pages.ts')

const pages = new Pages()
let broken = 0
if (values.days !== undefined) {
  const { Month } = await import('./month.ts')
  const month = await Month.begin({ seed: Number(values.seed), volunteers: Number(values.volunteers), days: Number(values.days) }, pages)
  await month.live()
  await month.check()
  const failures = month.failures.map((error) => `failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  const violations = [...new Set([...month.notes.violations, ...failures])]
  await month.close()
  console.log([...violations.slice(0, 60), `${values.days} days of ${values.volunteers} volunteers, ${month.lost} of whose phones were lost, from seed ${values.seed}: ${month.notes.confirmed.length} saves confirmed, ${violations.length} violations`].join('\n'))
  process.exit(violations.length === 0 ? 0 : 1)
}
const [first, count] = [Number(values.seed), Number(values.histories)]
for (let seed = first; seed < first + count; seed += 1) {
  const { violations, told, saves } = await live(seed, pages, Number(values.steps))
  if (count === 1 && !values.quiet) console.log(told.join('\n'))
  if (violations.length > 0) {
    console.log(`violations in the history of seed ${seed} (npm run simulate -- --seed ${seed}):\n${violations.slice(0, 60).join('\n')}`)
    broken += 1
    if (!values.all) process.exit(1)
  }
  if (count === 1) console.log(`seed ${seed}: ${saves} saves confirmed, no violation`)
}
console.log(`${count} histories from seed ${first}: ${broken} violations`)
process.exit(broken === 0 ? 0 : 1)
