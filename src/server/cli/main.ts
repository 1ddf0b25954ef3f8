import { randomBytes } from 'node:crypto'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { adviceOn } from '#server/advice.ts'
import { backupCommand } from '#server/cli/backup-command.ts'
import { exportCommand } from '#server/cli/export-command.ts'
import { heldCommand } from '#server/cli/held-command.ts'
import { importCommand } from '#server/cli/import-command.ts'
import { inviteCommand } from '#server/cli/invite-command.ts'
import type { Command, CommandInput } from '#server/cli/command.ts'
import { eraseCommand } from '#server/cli/erase-command.ts'
import { rebuildCommand } from '#server/cli/rebuild-command.ts'
import { reportCommand } from '#server/cli/report-command.ts'
import { restoreCommand } from '#server/cli/restore-command.ts'
import { verifyCommand } from '#server/cli/verify-command.ts'
import { readConfig } from '#server/config.ts'
import type { Config } from '#server/config.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'
import { parseEarly } from '#server/parse-early.ts'

parseEarly()

const commands: Readonly<Record<string, Command>> = { invite: inviteCommand, import: importCommand, export: exportCommand, report: reportCommand, backup: backupCommand, restore: restoreCommand, verify: verifyCommand, rebuild: rebuildCommand, held: heldCommand, erase: eraseCommand }

/** `npm run terrain -- COMMAND`: works on the data folder itself, also beside a running server. */
async function main(): Promise<number> {
  const [name = 'help', ...rest] = process.argv.slice(2)
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) return explain(asksHelp(name) ? 'help' : name)
  if (rest.some(asksHelp)) return explainOne(name, command)
  const config = readConfig(process.env, process.cwd())
  if (!config.ok) return complain(config.problem)
  const words = wordsOf(command, rest)
  if (typeof words === 'string') {
    complain([`${words} Nothing was done. It is called like this:`, `  terrain ${name} ${command.usage}`])
    return 2
  }
  try {
    return await runCommand(command, config.value, words)
  } catch (error) {
    const advice = adviceOn(error, config.value)
    if (advice === null) throw error
    complain([advice])
    return 2
  }
}

const asksHelp = (word: string): boolean => word === '--help' || word === '-h'

/** The options and words that follow a command, or a sentence on what is wrong with them. */
function wordsOf(command: Command, args: readonly string[]): Pick<CommandInput, 'values' | 'positionals'> | string {
  try {
    const { values, positionals, tokens } = parseArgs({ args: [...args], options: command.options, allowPositionals: true, strict: true, tokens: true })
    return unmeantIn(command, tokens) ?? { values, positionals }
  } catch (error) {
    // Of a mistyped option Node says what it is, and then how to pass one that begins with a dash, which nobody wants.
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return `${error.message.split(/\. To specify|\n/, 1)[0] ?? ''}.`.replace(/\.+$/, '.')
    throw error
  }
}

/** What would be passed over without a word: two entries after one `--entry`, a folder without `--to`, an option that takes the place of the same one before. */
function unmeantIn({ words = 0 }: Command, tokens: NonNullable<ReturnType<typeof parseArgs>['tokens']>): string | null {
  const surplus = tokens.filter((token) => token.kind === 'positional')[words]
  if (surplus !== undefined) return `"${surplus.value}" belongs to no option.`
  const named = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))
  const twice = named.find((option, place) => named.indexOf(option) < place)
  return twice === undefined ? null : `--${twice} stands there twice.`
}

async function runCommand(command: Command, config: Config, words: Pick<CommandInput, 'values' | 'positionals'>): Promise<number> {
  await command.begin?.(config)
  const context = await openContext(config, { log: createLog('error'), clock: { now: () => Date.now() }, chance: { bytes: (count) => randomBytes(count) }, appDir: null })
  try {
    return await command.run({ context, ...words, print: (line) => void process.stdout.write(`${line}\n`), complain: (line) => void process.stderr.write(`${line}\n`) })
  } finally {
    await context.store.close()
  }
}

const described = (name: string, { usage, about }: Command): string => `  terrain ${name} ${usage}\n      ${about}`

function explainOne(name: string, command: Command): number {
  process.stdout.write(`${described(name, command)}\n`)
  return 0
}

function explain(name: string): number {
  const lines = Object.entries(commands).map(([key, command]) => described(key, command))
  process.stdout.write(`${name === 'help' ? '' : `There is no command "${name}".\n`}Commands:\n${lines.join('\n')}\n`)
  return name === 'help' ? 0 : 2
}

function complain(sentences: readonly string[]): number {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`)
  return 1
}

// Whoever reads the beginning and goes, as `head` does, has read what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(1)
  // It comes as an event, past whoever waits for the command.
  const config = readConfig(process.env, process.cwd())
  const advice = config.ok ? adviceOn(error, config.value) : null
  if (advice === null) throw error
  complain([advice])
  process.exit(2)
})

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`)
  process.exitCode = 2
}
