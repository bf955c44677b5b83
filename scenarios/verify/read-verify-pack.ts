import { KINDS } from '../../fixtures/index.ts'
import { nearest } from '../../simulator/ground/text/suggest.ts'
import { FileFaults, type NamedText, readYaml } from '../read-yaml.ts'
import { JUDGES } from './judges.ts'
import { type VerifyPack, verifyPackSchema } from './verify-pack.ts'

/** Reads a verify pack. Throws `FileFaults`: an unknown key, fixture or judgment is told with its line. */
export function readVerifyPack(text: NamedText): VerifyPack {
  const { value, placeOf } = readYaml(text, verifyPackSchema)
  const uses = [
    ...value.requirements.map(({ id }, at) => ({
      path: ['requirements', at, 'id'],
      what: 'judgment',
      name: id,
      known: Object.keys(JUDGES),
    })),
    ...value.events.map(({ fixture }, at) => ({
      path: ['events', at, 'fixture'],
      what: 'fixture',
      name: fixture,
      known: Object.keys(KINDS),
    })),
  ]
  const faults = uses.flatMap(({ path, what, name, known }) => {
    if (known.includes(name)) return []
    const guess = nearest(name, known)
    const hint = guess === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${guess}?`
    return [{ file: text.file, ...placeOf(path), key: path.join('.'), message: `There is no ${what} ${name}. ${hint}` }]
  })
  if (faults.length > 0) throw new FileFaults(faults)
  return value
}
