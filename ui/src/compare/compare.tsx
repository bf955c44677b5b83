import { Heading, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { ExchangeDetail } from '../data/api.ts'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { Loaded } from '../parts/parts.tsx'
import { useMask } from '../parts/reveal.ts'
import { Rows } from '../parts/rows.tsx'
import { compareText as words } from '../text/compare-text.ts'
import { text } from '../text/text.ts'
import './compare.css'
import {
  bodyDifferences,
  claimDifferences,
  headerDifferences,
  type PartDifference,
  stepDifferences,
} from './differences.ts'

interface CompareProps {
  readonly first: string
  /** Absent until it is chosen. */
  readonly second: string | undefined
}

/** `#/exchanges/x1/compare/x2`: in what two requests differ. Without a second one: the list to choose it from. */
export function CompareView({ first, second }: CompareProps) {
  const [one, other] = [useQuery(queries.exchange(first)), useQuery(queries.exchange(second ?? first))]
  return (
    <>
      <div className="spread">
        <Heading level={1} data-size="sm">
          {second === undefined ? words.choose(first) : words.heading(first, second)}
        </Heading>
        <Link href={links.exchange(first)} data-key="g">
          {words.back}
        </Link>
      </div>
      {second === undefined ? (
        <Choice first={first} />
      ) : (
        <Loaded query={one}>
          {(before) => <Loaded query={other}>{(after) => <Differences first={before} second={after} />}</Loaded>}
        </Loaded>
      )}
    </>
  )
}

function Choice({ first }: { readonly first: string }) {
  const exchanges = useQuery(queries.exchanges)
  return (
    <Loaded query={exchanges}>
      {(list) => (
        <Rows
          label={words.choose(first)}
          title={text.traffic.list}
          exchanges={list.filter(({ id }) => id !== first)}
          selected=""
          href={(id) => links.compare(first, id)}
        />
      )}
    </Loaded>
  )
}

interface PairProps {
  readonly first: ExchangeDetail
  readonly second: ExchangeDetail
}

function Differences({ first, second }: PairProps) {
  const [sent, answered] = [
    [first.request, second.request],
    [first.response, second.response],
  ] as const
  const parts: Readonly<Record<keyof typeof words.parts, readonly PartDifference[]>> = {
    request: factDifferences(first, second),
    headers: headerDifferences(sent[0].headers, sent[1].headers),
    token: claimDifferences('authorization', sent[0].headers, sent[1].headers),
    proof: claimDifferences('dpop', sent[0].headers, sent[1].headers),
    body: bodyDifferences(sent[0].body?.text, sent[1].body?.text),
    steps: stepDifferences(first.steps, second.steps),
    answerHeaders: headerDifferences(answered[0].headers, answered[1].headers),
    answerBody: bodyDifferences(answered[0].body?.text, answered[1].body?.text),
  }
  return (
    <div className="compare">
      <p>
        <Link href={links.compare(second.id, first.id)}>{words.swap}</Link>
      </p>
      {Object.entries(parts).map(([part, differences]) => (
        <Part
          key={part}
          heading={words.parts[part as keyof typeof words.parts]}
          ids={[first.id, second.id]}
          differences={differences}
        />
      ))}
    </div>
  )
}

function factDifferences(first: ExchangeDetail, second: ExchangeDetail): readonly PartDifference[] {
  const [one, other] = [factsOf(first), factsOf(second)]
  return Object.entries(words.facts)
    .map(([fact, name]) => ({ name, first: one[fact], second: other[fact] }))
    .filter((difference) => difference.first !== difference.second)
}

function factsOf({
  request,
  response,
  time,
  milliseconds,
  caller,
}: ExchangeDetail): Record<string, string | undefined> {
  const { method, url } = request
  const client = caller.clientName ?? caller.clientId
  return {
    method,
    url,
    status: String(response.status),
    time,
    milliseconds: milliseconds.toFixed(1),
    client: client ?? undefined,
    municipality: caller.municipality ?? undefined,
  }
}

interface PartProps {
  readonly heading: string
  readonly ids: readonly [string, string]
  readonly differences: readonly PartDifference[]
}

/** Differences that one part lists. */
const LISTED = 300

function Part({ heading, ids, differences }: PartProps) {
  const rest = differences.length - LISTED
  return (
    <section className="panel" aria-label={heading}>
      <Heading level={2} data-size="2xs">
        {heading}
      </Heading>
      {differences.length === 0 && <p className="quiet">{words.same}</p>}
      {differences.length > 0 && (
        <table>
          <thead>
            <tr>
              {[words.name, ...ids].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.slice(0, LISTED).map((difference) => (
              <Row key={difference.name} difference={difference} />
            ))}
          </tbody>
        </table>
      )}
      {rest > 0 && <p className="quiet">{words.more(rest)}</p>}
    </section>
  )
}

function Row({ difference: { name, first, second } }: { readonly difference: PartDifference }) {
  return (
    <tr>
      <th scope="row">{name === '' ? words.whole : name}</th>
      <Value value={first} />
      <Value value={second} />
    </tr>
  )
}

/** Characters of a value that are shown. A value can be as long as the body. */
const LONGEST = 1_000

function Value({ value }: { readonly value: string | undefined }) {
  const mask = useMask()
  if (value === undefined) return <td className="quiet">{words.absent}</td>
  return <td>{mask(value).slice(0, LONGEST)}</td>
}
