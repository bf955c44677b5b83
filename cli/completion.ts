import { readdirSync } from 'node:fs'
import addTo from '@bomb.sh/tab/commander'
import type { Command } from 'commander'

/** What the value of an option, or an argument, is called where it is a file or a folder. */
const FILES = /^(?:path|file|file\.har|dir|folder|config|baseline|report|pack|command|key)$/

type Complete = (value: string, description: string) => void

/** Adds `completion`, which prints the script for a shell, and what that asks at each Tab. */
export function addCompletion(program: Command): void {
  const root = addTo(program, { completionCommandName: 'completion' })
  for (const command of program.commands) {
    const known = root.commands.get(command.name())
    for (const argument of known?.arguments.values() ?? [])
      if (argument.handler === undefined && FILES.test(argument.name)) argument.handler = offerFiles
    for (const option of command.options) {
      const own = known?.options.get(option.name())
      if (own && FILES.test(valueName(option.flags)) && option.argChoices === undefined) own.handler = offerFiles
    }
  }
}

/** `file` of `--config <file>`. */
function valueName(flags: string): string {
  return flags.slice(flags.indexOf('<') + 1, flags.indexOf('>'))
}

/** The library tells shells to offer no files themselves. */
function offerFiles(complete: Complete): void {
  const word = process.argv.at(-1) ?? ''
  const folder = word.slice(0, word.lastIndexOf('/') + 1)
  for (const entry of entriesOf(folder === '' ? '.' : folder))
    complete(`${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`, '')
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // There is no such folder (yet).
    return []
  }
}
