import { KINDS } from '../../fixtures/index.ts'
import { citeText } from '../../simulator/ground/documents.ts'
import { unknownName } from '../../simulator/ground/text/suggest.ts'
import { type FileFault, FileFaults, type NamedText, readYaml } from '../read-yaml.ts'
import { documentOf, type RequirementText } from '../reports/report.ts'
import { JUDGES } from './judges.ts'
import { type VerifyPack, type VerifyPackFile, type VerifyRequirement, verifyPackSchema } from './verify-pack.ts'

/**
 * Reads a verify pack; `documented` are the requirements of the documents, which its own can be. Throws `FileFaults`: an
 * unknown key, fixture, judgment or requirement is told with its line.
 */
export function readVerifyPack(text: NamedText, documented: readonly RequirementText[]): VerifyPack {
  const { value, placeOf } = readYaml(text, verifyPackSchema)
  const faults = [...unknownNames(value, documented), ...withoutSource(value)].map(({ path, message }) => ({
    file: text.file,
    ...placeOf(path),
    key: path.join('.'),
    message,
  }))
  if (faults.length > 0) throw new FileFaults(faults)
  return { ...value, requirements: value.requirements.map((one) => resolved(one, documented)) }
}

type Fault = Pick<FileFault, 'message'> & { readonly path: readonly (string | number)[] }

function unknownNames({ requirements, events }: VerifyPackFile, documented: readonly RequirementText[]): Fault[] {
  const uses = [
    ...requirements.map(({ id }, at) => use('judgment', id, ['requirements', at, 'id'], Object.keys(JUDGES))),
    ...requirements.map(({ requirement }, at) =>
      use(
        'requirement',
        requirement,
        ['requirements', at, 'requirement'],
        documented.map(({ id }) => id),
      ),
    ),
    ...events.map(({ fixture }, at) => use('fixture', fixture, ['events', at, 'fixture'], Object.keys(KINDS))),
  ]
  return uses.flatMap(({ what, name, path, known }) => {
    if (name === undefined || known.includes(name)) return []
    return [{ path, message: unknownName(what, name, known) }]
  })
}

const use = (what: string, name: string | undefined, path: Fault['path'], known: readonly string[]) => ({
  what,
  name,
  path,
  known,
})

function withoutSource({ requirements }: VerifyPackFile): Fault[] {
  return requirements.flatMap(({ requirement, quote, document, source }, at) => {
    if (requirement !== undefined) return []
    const path = ['requirements', at]
    return [
      ...(quote === undefined ? [{ path, message: 'It has neither a requirement nor a quote.' }] : []),
      ...(document === undefined && source === undefined
        ? [{ path, message: 'It has no requirement, document or source.' }]
        : []),
    ]
  })
}

function resolved(
  { requirement, quote = '', document, section, source, ...judged }: VerifyPackFile['requirements'][number],
  documented: readonly RequirementText[],
): VerifyRequirement {
  const same = documented.find(({ id }) => id === requirement)
  if (same !== undefined) return { ...same, ...judged }
  const cited = document === undefined ? [] : [citeText(document, section)]
  const text = [...(source === undefined ? [] : [source]), ...cited].join(', ')
  return { ...judged, quote, source: text, ...(document === undefined ? {} : documentOf(document)) }
}
