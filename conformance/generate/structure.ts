import type { PropertyInfo } from '../../simulator/rules/fhir/table.ts'
import { array, copy, type DocumentMember, jsonValue, member, object, token, type Value } from './document.ts'
import { anyLiteral, edited, goodLiteral } from './literals.ts'
import type { Random } from './random.ts'
import { elementMembers, makeResource, PRIMITIVE_TYPES, RESOURCE_TYPES } from './resources.ts'
import { type Site, sitesOf, typedObjects } from './sites.ts'

/** A change of the structure of a resource, in place; what it cannot change it leaves as it is. */
export type Mutation = (root: Value, random: Random) => void

const SMALL = { sparse: 30, depth: 2 }

/** Changes a member that is there; `pick` says which ones can be. */
function change(apply: (site: Site, random: Random) => void, pick: (site: Site) => boolean = () => true): Mutation {
  return (root, random) => {
    const sites = sitesOf(root).filter(pick)
    if (sites.length > 0) apply(random.of(sites), random)
  }
}

const isArray = ({ member: { value } }: Site) => value.kind === 'array'
const isToken = ({ member: { value } }: Site) => value.kind === 'token'
const isPrimitive = ({ property }: Site) => property?.kind === 'primitive' || property?.kind === 'native'

/** A value in a place where the table does not look at it. */
function oddValue(random: Random): Value {
  return jsonValue(random.of(ODD))
}
const ODD = [
  '',
  ' ',
  'x',
  '3',
  'true',
  0,
  1,
  -1.5,
  true,
  false,
  null,
  {},
  [],
  [[]],
  [null],
  { id: 'x' },
  { x: 1 },
  ['x'],
]

/** The value itself, or one of the items of an array. */
function target(one: DocumentMember, random: Random): { get: () => Value; set: (value: Value) => void } {
  const { value } = one
  if (value.kind !== 'array' || value.items.length === 0)
    return {
      get: () => one.value,
      set: (next) => {
        one.value = next
      },
    }
  const index = random.below(value.items.length)
  return {
    get: () => value.items[index] ?? value,
    set: (next) => {
      value.items[index] = next
    },
  }
}

function insert(
  site: { object: { members: DocumentMember[] } },
  random: Random,
  ...members: readonly DocumentMember[]
): void {
  site.object.members.splice(random.below(site.object.members.length + 1), 0, ...members)
}

function anyTypedLiteral(property: PropertyInfo | undefined, random: Random): Value {
  const codes = property?.element.valueSet?.codes
  if (codes !== undefined && random.once(2)) {
    const code = random.of([...codes])
    return jsonValue(random.of([code.toUpperCase(), ` ${code}`, `${code} `, edited(code, random), code]))
  }
  return token(anyLiteral(property?.typeName ?? 'string', random))
}

function misspelt(name: string, random: Random): string {
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  return random.of([
    capital,
    name.toUpperCase(),
    name.toLowerCase(),
    edited(name, random),
    `${name}s`,
    name.slice(0, -1),
  ])
}

const COMPANIONS: readonly unknown[] = [
  { id: 'x' },
  { extension: [{ url: 'http://example.no/e', valueString: 'x' }] },
  { extension: { url: 'http://example.no/e', valueBoolean: true } },
  [{ id: 'x' }],
  [null, { id: 'x' }],
  [{ id: 'x' }, null, { id: 'y' }],
  [null],
  [],
  {},
  [{}],
  null,
  'x',
  1,
  { id: '' },
  { value: 'x' },
  { x: 1 },
  { id: 'x', id2: 'y' },
  [['x']],
  { resourceType: 'Patient' },
]

/** Another value of a choice, or one whose suffix is not a type that it takes. */
function choiceName(element: string, random: Random): string {
  const suffix = random.of([
    ...PRIMITIVE_TYPES,
    'Quantity',
    'Reference',
    'Patient',
    'Foo',
    'Element',
    'BackboneElement',
    '',
  ])
  const capital = suffix.charAt(0).toUpperCase() + suffix.slice(1)
  return element + random.of([capital, capital, capital, capital.toLowerCase(), suffix])
}

function choiceValue(name: string, random: Random): Value {
  const type = PRIMITIVE_TYPES.find((one) => name.toLowerCase().endsWith(one.toLowerCase()))
  if (type !== undefined) return token(goodLiteral(type, random))
  return random.once(2)
    ? oddValue(random)
    : jsonValue(random.of([{ display: 'x' }, { value: 1 }, { resourceType: 'Patient', active: true }]))
}

const RESOURCE_NAMES = [
  'Patient',
  'patient',
  'Patien',
  'Meta',
  'Resource',
  'DomainResource',
  'Element',
  'string',
  '',
  ' Patient',
  'Bundle',
]

/** The kinds of changes of structure, each by the name that figures and differences are grouped by. */
export const STRUCTURE: Readonly<Record<string, Mutation>> = {
  remove: change(({ object: owner, member: one }) => {
    owner.members.splice(owner.members.indexOf(one), 1)
  }),
  duplicate: change((site, random) => insert(site, random, copyOf(site.member))),
  'duplicate-other-value': change((site, random) => insert(site, random, member(site.member.name, oddValue(random)))),
  'duplicate-case': change((site, random) =>
    insert(site, random, { ...copyOf(site.member), name: misspelt(site.member.name, random) }),
  ),
  rename: change((site, random) => {
    site.member.name = misspelt(site.member.name, random)
  }),
  underscore: change(({ member: one }) => {
    one.name = one.name.startsWith('_') ? one.name.slice(1) : `_${one.name}`
  }),
  wrap: change((site, random) => {
    const slot = target(site.member, random)
    slot.set(array(slot.get()))
  }),
  unwrap: change(({ member: one }) => {
    if (one.value.kind === 'array') one.value = one.value.items[0] ?? one.value
  }, isArray),
  'null-item': change(({ member: { value } }, random) => {
    if (value.kind === 'array')
      value.items.splice(random.below(value.items.length + 1), random.below(2), jsonValue(null))
  }, isArray),
  'empty-array': change(({ member: one }) => {
    one.value = array()
  }),
  'empty-object': change((site, random) => target(site.member, random).set(object())),
  'empty-string': change((site, random) =>
    target(site.member, random).set(jsonValue(random.of(['', ' ', '\t', '\u00a0']))),
  ),
  null: change((site, random) => target(site.member, random).set(jsonValue(null))),
  'other-json-type': change((site, random) => target(site.member, random).set(oddValue(random))),
  quotes: change(
    (site, random) => {
      const slot = target(site.member, random)
      const value = slot.get()
      if (value.kind !== 'token') return
      slot.set(token(value.text.startsWith('"') ? value.text.slice(1, -1) || '0' : JSON.stringify(value.text)))
    },
    (site) => (isToken(site) || isArray(site)) && /^"[-\d.]+"$|^[^"]/.test(tokenText(site)),
  ),
  literal: change(
    (site, random) => target(site.member, random).set(anyTypedLiteral(site.property, random)),
    isPrimitive,
  ),
  unknown: (root, random) => {
    const owners = typedObjects(root)
    if (owners.length === 0) return
    const owner = random.of(owners)
    const name = random.of([
      'priority',
      'x',
      'value',
      '',
      ' ',
      'resourceType',
      '_x',
      '__proto__',
      'constructor',
      'fhir_comments',
      'æ',
      '_',
      'id[0]',
    ])
    insert(
      owner,
      random,
      member(
        name,
        random.once(2) ? oddValue(random) : object(member('a', oddValue(random)), member('b', oddValue(random))),
      ),
    )
  },
  element: (root, random) => {
    const owners = typedObjects(root)
    if (owners.length === 0) return
    const owner = random.of(owners)
    insert(owner, random, ...elementMembers(owner.type, random.of(owner.type.elements), random, SMALL))
  },
  'odd-element': (root, random) => {
    const owners = typedObjects(root)
    if (owners.length === 0) return
    const owner = random.of(owners)
    insert(owner, random, member(random.of([...owner.type.properties.keys()]), oddValue(random)))
  },
  choice: (root, random) => {
    const owners = typedObjects(root).filter(({ type }) => type.elements.some((one) => one.choice))
    if (owners.length === 0) return
    const owner = random.of(owners)
    const { name } = random.of(owner.type.elements.filter((one) => one.choice))
    const chosen = choiceName(name, random)
    insert(owner, random, member(chosen, choiceValue(chosen, random)))
  },
  'choice-renamed': change(
    (site, random) => {
      site.member.name = choiceName(site.property?.element.name ?? '', random)
    },
    ({ property }) => property?.element.choice === true,
  ),
  companion: change(
    (site, random) => {
      insert(site, random, member(`_${site.member.name}`, jsonValue(random.of(COMPANIONS))))
    },
    (site) => isPrimitive(site) || site.property?.kind === 'complex',
  ),
  'companion-alone': change(({ member: one }, random) => {
    one.name = `_${one.name}`
    one.value = jsonValue(random.of(COMPANIONS))
  }, isPrimitive),
  contained: (root, random) => {
    if (root.kind !== 'object') return
    const inner = makeResource(random.of(['Patient', 'Basic', 'Observation']), random, SMALL)
    if (random.once(3)) inner.members.push(member('contained', array(makeResource('Patient', random, SMALL))))
    insert({ object: root }, random, member('contained', random.once(3) ? inner : array(inner)))
  },
  'resource-for-datatype': change((site, random) => {
    target(site.member, random).set(makeResource(random.of(RESOURCE_TYPES), random, SMALL))
  }),
  'resource-type': (root, random) => {
    const owners = typedObjects(root).filter(({ object: { members } }) => members.some(isTypeName))
    if (owners.length === 0) return
    const { members } = random.of(owners).object
    const at = members.findIndex(isTypeName)
    const removed = members.splice(at, 1)
    const other = member('resourceType', jsonValue(random.of(RESOURCE_NAMES)))
    const ways: readonly (() => void)[] = [
      () => {},
      () => members.push(...removed),
      () => members.splice(at, 0, ...removed, other),
      () => members.splice(at, 0, other),
      () => members.splice(at, 0, member('resourceType', oddValue(random))),
    ]
    random.of(ways)()
  },
  'other-owner': change((site, random) => {
    const sites = typedObjects(site.object)
    insert(random.of(sites.length > 0 ? sites : [site]), random, copyOf(site.member))
  }),
  shuffle: (root, random) => {
    const owners = typedObjects(root)
    if (owners.length === 0) return
    const { members } = random.of(owners).object
    for (let index = members.length - 1; index > 0; index--) members.push(...members.splice(random.below(index + 1), 1))
  },
  'root-value': (root, random) => {
    if (root.kind === 'object')
      root.members = random.of([
        [],
        [member('resourceType', jsonValue(random.of(RESOURCE_NAMES)))],
        root.members.slice(0, 2),
      ])
  },
}

const isTypeName = ({ name }: DocumentMember): boolean => name === 'resourceType'

function copyOf(one: DocumentMember): DocumentMember {
  return { name: one.name, value: copy(one.value) }
}

function tokenText({ member: { value } }: Site): string {
  const first = value.kind === 'array' ? value.items[0] : value
  return first?.kind === 'token' ? first.text : ''
}
