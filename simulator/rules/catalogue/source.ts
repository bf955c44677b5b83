import { citeText, type DocumentKey, documentOf } from '../../ground/documents.ts'
import { QUOTES, type RequirementId } from '../../ground/quotes.generated.ts'
import type { Service } from '../../ground/services.ts'
import type { Certainty, Source, Sources } from './rule.ts'

type Cited = Omit<Source, 'certainty' | 'requirements'>

/** A document says so, in the words of one requirement or of several that follow each other. */
export function quoted(requirements: RequirementId | readonly RequirementId[], reasoning?: string): Source {
  const ids = typeof requirements === 'string' ? [requirements] : requirements
  return { certainty: 'documented', requirements: ids, ...(reasoning === undefined ? {} : { reasoning }) }
}

/** A document says so, in words that are not quoted here. */
export function documented(cited: Cited & { readonly document: DocumentKey }): Source {
  return { certainty: 'documented', ...cited }
}

/** Seen in published samples, in real tokens, or in the source of a library. */
export function observed(cited: Cited & { readonly document: DocumentKey; readonly reasoning: string }): Source {
  return { certainty: 'observed', ...cited }
}

/** Nobody says so: the document or setting is where one would look. Without either, it is the simulator's own. */
export function assumed(cited: Cited & { readonly reasoning: string }): Source {
  return { certainty: 'assumed', ...cited }
}

/** One source for several services. */
export function forServices(services: readonly Service[], source: Source): Sources {
  return Object.fromEntries(services.map((service) => [service, source]))
}

/** A source in its parts: which document, where in it, and in which words. */
export interface Citation {
  readonly document?: DocumentKey
  readonly section?: string
  readonly sentence?: string
}

/** What a source cites; of one that quotes, the document, section and words of its requirements. */
export function citationOf({ requirements, document, section }: Source): Citation {
  const [first] = requirements ?? []
  if (requirements === undefined || first === undefined) {
    return { ...(document === undefined ? {} : { document }), ...(section === undefined ? {} : { section }) }
  }
  const { document: quotedDocument, section: heading } = QUOTES[first]
  const place = heading.replace(/:$/, '')
  const sentence = requirements.map((id): string => QUOTES[id].quote).reduce(joined)
  return { document: quotedDocument, section: place, sentence }
}

/** What was left out between two quotes shows, unless the first ends a sentence. */
function joined(before: string, after: string): string {
  return `${before}${/[.!?]$/.test(before) ? '' : ' …'} ${after}`
}

/** A source in one line of text: document, section, date, the quoted words, the reasoning. */
export function sourceText(source: Source): string {
  const { sentence } = citationOf(source)
  const words = [
    ...(sentence === undefined ? [] : [`"${sentence}"`]),
    ...(source.reasoning === undefined ? [] : [source.reasoning]),
  ]
  return words.length === 0 ? placeText(source) : `${placeText(source)}: ${words.join(' ')}`
}

function placeText(source: Source): string {
  const { document, section } = citationOf(source)
  if (document !== undefined) return citeText(document, section)
  return source.setting === undefined ? 'The simulator' : `Setting ${source.setting}`
}

/** A source as answers and lists show it. */
export interface ShownSource {
  readonly certainty: Certainty
  /** Document, section, date, the quoted words and the reasoning in one line. */
  readonly source: string
  /** Key of the document (`jftsim documents KEY`); absent for a rule that no document is the reason of. */
  readonly document?: DocumentKey
  /** Where everybody can read the document; absent where it is not public. */
  readonly address?: string
}

/** How sure a source is, what it says, and where to read it. */
export function shownSource(source: Source): ShownSource {
  const known = SHOWN.get(source)
  if (known !== undefined) return known
  const shown = showSource(source)
  SHOWN.set(source, shown)
  return shown
}

/** An answer can have thousands of issues of one rule. */
const SHOWN = new WeakMap<Source, ShownSource>()

function showSource(source: Source): ShownSource {
  const { document } = citationOf(source)
  const address = document && documentOf(document).address
  return {
    certainty: source.certainty,
    source: sourceText(source),
    ...(document === undefined ? {} : { document }),
    ...(address === undefined ? {} : { address }),
  }
}
