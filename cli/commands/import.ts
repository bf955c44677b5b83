import { Command } from 'commander'
import { print } from '../print.ts'

/** `jftsim import`: a HAR file as a case file. */
export function importHar(): Command {
  return new Command('import')
    .description('Read a HAR file of a browser, Fiddler or Postman, and write it as a case file, masked')
    .argument('<file.har>', 'the HAR file')
    .requiredOption('--out <file>', 'the case file to write')
    .option('--target <file>', 'base URLs of an environment, where they are not the ones of NHN or of a simulator')
    .action(run)
}

async function run(file: string, { out, target }: { out: string; target?: string }): Promise<void> {
  const { readHar } = await import('../recording/har.ts')
  const { caseOf, exchangeOf, writeCase } = await import('../recording/recording.ts')
  const { described } = await import('../run-target.ts')
  const urls = target === undefined ? {} : described(target).target.urls
  const { seen, apart, elsewhere, unanswered, withoutToken } = readHar(file, urls)
  writeCase(out, await caseOf(seen.map((one, index) => exchangeOf(one, index + 1))))
  const lines = [
    `${seen.length} exchanges: ${out}`,
    ...told(apart, 'are tunnels of a proxy or preflights of a browser, and were left out'),
    ...told(elsewhere, 'went to other hosts, and were left out'),
    ...told(unanswered, 'have no answer, and were left out'),
    ...told(withoutToken, 'have no Authorization: browsers leave it out unless they export with sensitive data'),
  ]
  print(lines.join('\n'))
}

function told(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}.`]
}
