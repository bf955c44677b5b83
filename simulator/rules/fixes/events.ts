import type { Advice } from './advice.ts'
import { advise } from './advice.ts'
import { nameOf } from './describe.ts'
import { type Case, type Fix, inWords, needsValue } from './fix.ts'

/** A Bundle of another type than JFT takes: it may be a document already but for its type. */
export function bundleType({ doc, place, missing }: Case): Fix {
  const advice = advise('bundle-type')
  const entry = doc.resolve('/entry/0/resource')
  const isDocument = entry.missing.length === 0 && entry.place.type?.name === 'Composition'
  if (missing.length > 0 || place.node.kind !== 'string' || !isDocument) return inWords(advice)
  return { advice, actions: [{ does: 'write', at: place, text: '"document"' }] }
}

/** A resource type that a service has no endpoint for. */
export function endpointType(service: 'JFT' | 'VKP') {
  return ({ doc }: Case): Fix => {
    const type = doc.root.type?.name ?? 'it'
    return inWords(type === 'Patient' ? advise('patient-to-pit') : advise('event-type', { service, type }))
  }
}

/** What is no patient was sent to PIT. */
export function notForPit(): Fix {
  return inWords(advise('not-for-pit'))
}

/** A resource that was posted to the path of another type. */
export function resourceTypeOfPath({ doc }: Case): Fix {
  return inWords(advise('endpoint-of-type', { type: doc.root.type?.name ?? 'resource' }))
}

/** An identity number that the environment does not take. The number itself is not repeated. */
export function identityNumber(key: 'number-synthetic' | 'number-real' | 'number-invalid') {
  return (one: Case): Fix => {
    const advice: Advice = advise(key, { name: nameOf(one.place) })
    return key === 'number-real' ? inWords(advice) : needsValue(advice, one)
  }
}
