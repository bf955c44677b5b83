import { citeText, type DocumentKey } from '../../ground/documents.ts'
import { QUOTES, type RequirementId } from '../../ground/quotes.generated.ts'
import type { Service } from '../../ground/services.ts'
import type { Source, Sources } from './rule.ts'

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
  const quote = sentence === undefined ? [] : [`"${sentence}"`]
  const reasoning = source.reasoning === undefined ? [] : [source.reasoning]
  return [placeText(source), ...quote, ...reasoning].join(': ').replaceAll('": ', '" ')
}

function placeText(source: Source): string {
  const { document, section } = citationOf(source)
  if (document !== undefined) return citeText(document, section)
  return source.setting === undefined ? 'The simulator' : `Setting ${source.setting}`
}
