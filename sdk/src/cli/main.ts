/** The program behind `npx @llmscope/sdk`: finds the command and runs it. */
import { isUsageError } from './command.ts'
import { commands } from './index.ts'

const list = commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}\n`).join('')
const HELP = `llmscope <command> [options]\n\n${list}\nllmscope <command> --help tells more.\n`

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP)
    return name === undefined ? 2 : 0
  }
  const command = commands.find((known) => known.name === name)
  if (!command) return wrong(`there is no command ${name}`, 'llmscope --help')
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(command.help)
    return 0
  }
  try {
    return await command.run(args)
  } catch (error) {
    if (isUsageError(error)) return wrong(error.message, `llmscope ${name} --help`)
    throw error
  }
}

function wrong(message: string, help: string): number {
  process.stderr.write(`llmscope: ${message} (${help} tells more)\n`)
  return 2
}

// whoever reads the first lines only, such as head(1), closes the pipe
process.stdout.on('error', () => process.exit(1))

process.exitCode = await main(process.argv.slice(2))
