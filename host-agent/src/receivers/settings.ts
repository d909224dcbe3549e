import { receivers } from './index.ts'

type Texts = Readonly<Record<string, string | undefined>>

/** A line of the help for each receiver. */
export const RECEIVER_HELP: string = receivers
  .map(({ name, argument, meaning }) => {
    const option = `--${name} ${argument}`
    return `  ${option.padEnd(22)} ${meaning}\n  ${''.padEnd(22)} (${variableOf(name)})`
  })
  .join('\n')

/**
 * What the receivers are set to, by their names; options go before variables.
 * @throws TypeError that names the option or variable that is wrong, and what to write instead.
 */
export function receiverSettings(environment: Texts, flags: Texts): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const { name, check } of receivers) {
    const variable = variableOf(name)
    const value = flags[name] ?? environment[variable]
    if (!value) continue
    check?.({ name: flags[name] === undefined ? variable : `--${name}`, value })
    settings[name] = value
  }
  return settings
}

function variableOf(receiver: string): string {
  return `LLMSCOPE_AGENT_${receiver.toUpperCase().replaceAll('-', '_')}`
}
