import { Command } from 'commander'
import { citeText, DOCUMENTS, type DocumentKey, type PublishedDocument, unknownName } from '../../simulator/index.ts'
import type { Citations } from '../citations.ts'
import { CliError } from '../cli-error.ts'
import { print } from '../print.ts'

/** `jftsim documents [KEY]`: what the simulator goes by, and what cites each document. */
export function documents(): Command {
  return new Command('documents')
    .description('List the documents that the simulator goes by; of one, list what cites it')
    .argument('[key]', 'key of a document: what has to be looked at when it gets a new edition')
    .option('--json', 'print it as JSON')
    .action(run)
}

async function run(key: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  const keys = key === undefined ? (Object.keys(DOCUMENTS) as DocumentKey[]) : [keyOf(key)]
  const found = await citedBy(keys)
  if (json) print(JSON.stringify(key === undefined ? { documents: found } : found[0], null, 2))
  else print(found.map(key === undefined ? describeRow : describeDocument).join('\n'))
}

/** Throws a `CliError` for a key that the table does not have. */
function keyOf(key: string): DocumentKey {
  if (Object.hasOwn(DOCUMENTS, key)) return key as DocumentKey
  throw new CliError(unknownName('document', key, Object.keys(DOCUMENTS), 'jftsim documents lists them.'))
}

interface CitedDocument extends PublishedDocument {
  readonly key: DocumentKey
  readonly citedBy: Citations
}

async function citedBy(keys: readonly DocumentKey[]): Promise<CitedDocument[]> {
  const [{ citationsOf, textFiles }, { packsOf, requirementFiles, verifyPacks }] = await Promise.all([
    import('../citations.ts'),
    import('../pack-files.ts'),
  ])
  const texts = textFiles()
  const files = { requirements: requirementFiles(), packs: packsOf([]), verifyPacks: verifyPacks(), texts }
  return keys.map((key) => ({ key, ...DOCUMENTS[key], citedBy: citationsOf(key, files) }))
}

function describeRow({ key, citedBy, ...document }: CitedDocument): string {
  const counts = Object.entries(citedBy).map(([kind, { length }]) => `${kind}: ${length}`)
  return [key, `  ${titleOf(key, document)}`, `  ${addressOf(document)}`, `  ${counts.join(', ')}`, ''].join('\n')
}

function describeDocument({ key, citedBy: { rules, ...others }, ...document }: CitedDocument): string {
  const cited = { rules: rules.map(({ rule, services }) => `${rule} (${services.join(', ')})`), ...others }
  return [
    titleOf(key, document),
    addressOf(document),
    ...Object.entries(cited).flatMap(([kind, names]) => [
      '',
      `${kind} (${names.length})`,
      ...names.map((name) => `  ${name}`),
    ]),
  ].join('\n')
}

function titleOf(key: DocumentKey, { title, edition, publisher }: PublishedDocument): string {
  const told = edition === undefined || title.includes(edition)
  return [citeText(key), ...(told ? [] : [`edition ${edition}`]), publisher].join(', ')
}

function addressOf({ address }: PublishedDocument): string {
  return address ?? 'no public address is known'
}
