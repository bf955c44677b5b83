import { Command } from 'commander'
import { print } from '../print.ts'

/** `jftsim coverage`: which documented requirements the packs prove, and which they do not. */
export function coverage(): Command {
  return new Command('coverage')
    .description('List the requirements of the documents, and the scenarios that prove each')
    .argument('[pack...]', 'names of packs, files or folders; all that are shipped by default')
    .option('--json', 'print the table as JSON')
    .action(run)
}

async function run(names: readonly string[], { json }: { readonly json?: boolean }): Promise<void> {
  const [{ packsOf, requirementFiles, verifyPacks }, { coverageOf, describeCoverage }] = await Promise.all([
    import('../pack-files.ts'),
    import('../../scenarios/coverage.ts'),
  ])
  const covered = coverageOf(requirementFiles(), packsOf(names), names.length === 0 ? verifyPacks() : [])
  print(json ? JSON.stringify(covered, null, 2) : describeCoverage(covered))
}
