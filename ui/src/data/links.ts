import { useSyncExternalStore } from 'react'
import { DEFAULT_SANDBOX } from './api.ts'

/** What the page shows. The hash of the URL is this, so every view, search and selection can be linked. */
export type View =
  | { readonly name: 'overview' }
  | { readonly name: 'events'; readonly q: string }
  | { readonly name: 'event'; readonly type: string; readonly id: string }
  | { readonly name: 'persons'; readonly municipality: string }
  | { readonly name: 'person'; readonly id: string }
  | { readonly name: 'rejected'; readonly selected?: string; readonly cause?: string; readonly q: string }
  | { readonly name: 'traffic'; readonly selected?: string; readonly q: string }
  | { readonly name: 'compare'; readonly first: string; readonly second?: string }
  | { readonly name: 'rules'; readonly q: string }
  | ScenariosView
  | { readonly name: 'validate' }
  | { readonly name: 'world' }
  | { readonly name: 'unknown'; readonly hash: string }

/** Which part of the view of scenarios: the tree, what the requirements show, or a pack of one's own. */
export type ScenariosTab = (typeof SCENARIOS_TABS)[number]

const SCENARIOS_TABS = ['run', 'requirements', 'own'] as const

/** The view of scenarios. `seed`: what payloads are made from. */
export interface ScenariosView {
  readonly name: 'scenarios'
  readonly tab: ScenariosTab
  readonly q: string
  readonly seed: string
  readonly pack?: string
  readonly scenario?: string
}

/** What a link to the view says of it. */
export type ScenariosLink = { readonly [K in keyof ScenariosView]?: ScenariosView[K] | undefined }

/** The seed of a run that names none, as `jftsim run` has it. */
const SEED = '1'

/** Reads a hash such as `#/rejected/x12?q=rule:r4-array-expected`. What it does not know becomes `unknown`. */
export function viewOf(hash: string): View {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s)
  const parameters = new URLSearchParams(query)
  const q = parameters.get('q') ?? ''
  const cause = parameters.get('cause')
  const [root, first, second, ...rest] = path.split('/').map(decode)
  const unknown = { name: 'unknown', hash } as const
  if (root === 'exchanges' && first && second === 'compare') return compareView(first, rest) ?? unknown
  if (rest.length > 0 || first === '' || second === '') return unknown
  if (root === 'scenarios') return scenariosView(parameters, first, second)
  if (root === 'events' && first && second) return { name: 'event', type: first, id: second }
  if (second !== undefined) return unknown
  const selected = first === undefined ? {} : { selected: first }
  if (root === 'rejected') return { name: 'rejected', q, ...selected, ...(cause === null ? {} : { cause }) }
  if (root === 'exchanges') return { name: 'traffic', q, ...selected }
  if (root === 'persons') return personsView(parameters, first)
  if (first !== undefined) return unknown
  if (root === '') return { name: 'overview' }
  if (root === 'events' || root === 'rules') return { name: root, q }
  if (root === 'validate') return { name: root }
  return root === 'environment' || root === 'world' ? { name: 'world' } : unknown
}

function compareView(first: string, [second, ...rest]: readonly string[]): View | undefined {
  if (rest.length > 0 || second === '') return undefined
  return { name: 'compare', first, ...(second === undefined ? {} : { second }) }
}

function personsView(parameters: URLSearchParams, id?: string): View {
  return id === undefined
    ? { name: 'persons', municipality: parameters.get('municipality') ?? '' }
    : { name: 'person', id }
}

function scenariosView(parameters: URLSearchParams, pack?: string, scenario?: string): ScenariosView {
  return {
    name: 'scenarios',
    tab: SCENARIOS_TABS.find((one) => one === parameters.get('tab')) ?? 'run',
    q: parameters.get('q') ?? '',
    seed: parameters.get('seed') ?? SEED,
    ...(pack === undefined ? {} : { pack }),
    ...(scenario === undefined ? {} : { scenario }),
  }
}

/** The links of the page, as `href`. `event` takes `Type/id`, as the API writes it; what is a Patient is with the persons. */
export const links = {
  overview: '#/',
  validate: '#/validate',
  world: '#/environment',
  events: (q = '') => `#/events${queryOf({ q })}`,
  event: (reference: string) => {
    const [type = '', ...id] = reference.split('/').map(encodeURIComponent)
    return `#/${[...(type === 'Patient' ? ['persons'] : ['events', type]), ...id].join('/')}`
  },
  persons: (municipality = '') => `#/persons${queryOf({ municipality })}`,
  person: (id: string) => `#/persons/${encodeURIComponent(id)}`,
  rejected: (q = '') => `#/rejected${queryOf({ q })}`,
  refusal: (exchange: string, { cause = '', q = '' } = {}) =>
    `#/rejected/${encodeURIComponent(exchange)}${queryOf({ cause, q })}`,
  traffic: (q = '') => `#/exchanges${queryOf({ q })}`,
  exchange: (id: string, q = '') => `#/exchanges/${encodeURIComponent(id)}${queryOf({ q })}`,
  /** What two exchanges do not have in common; without the second, the list to choose it from. */
  compare: (first: string, second?: string) =>
    `#/exchanges/${encodeURIComponent(first)}/compare${second === undefined ? '' : `/${encodeURIComponent(second)}`}`,
  /** The page of another sandbox, which is loaded as a whole. */
  sandbox: (name: string) => (name === DEFAULT_SANDBOX ? './#/' : `./?sandbox=${encodeURIComponent(name)}#/`),
  /** An exchange of another sandbox, whose page is loaded as a whole. */
  exchangeOf: (sandbox: string, id: string) =>
    `./?sandbox=${encodeURIComponent(sandbox)}#/exchanges/${encodeURIComponent(id)}`,
  scenarios: ({ pack, scenario, tab = 'run', seed = SEED, q = '' }: ScenariosLink = {}) => {
    const path = [pack, scenario].flatMap((part) => (part === undefined ? [] : `/${encodeURIComponent(part)}`)).join('')
    return `#/scenarios${path}${queryOf({ tab: tab === 'run' ? '' : tab, seed: seed === SEED ? '' : seed, q })}`
  },
  rules: (q = '') => `#/rules${queryOf({ q })}`,
}

/** Goes to a link without a new entry in the history: for a search that changes with every key. */
export function replaceView(href: string): void {
  window.location.replace(href)
}

/** Goes to a link. */
export function openView(href: string): void {
  window.location.assign(href)
}

/** The view of the current URL; the component is drawn again when the hash changes. */
export function useView(): View {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return viewOf(hash)
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

function queryOf(parameters: Readonly<Record<string, string>>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
