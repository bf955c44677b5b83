import type { Surroundings } from '../stage.ts'
import type { StageTime } from '../stage-time.ts'
import type { Call } from './client.fixture.ts'

/** How a vendor that mirrors PIT behaves; what is left out it does right. */
export interface MirrorTraits {
  /** How it continues: rounds until two bring nothing new, one, or rounds for ever. */
  readonly rounds?: 'once' | 'for-ever'
  readonly count?: number
  /** Milliseconds between two rounds. */
  readonly period?: number
  /** The parameters of a round; `stamp` is the newest one that it has. */
  readonly first?: (stamp: string | undefined, now: number) => Record<string, string>
  readonly next?: (url: string) => string
  /** Looks at a page, and says whether to continue to the next. */
  readonly goesOn?: (entries: number) => boolean
  readonly pages?: 'first-only'
}

interface Page {
  readonly entry?: readonly {
    readonly resource: { readonly id: string; readonly meta: { readonly lastUpdated: string } }
  }[]
  readonly link?: readonly { readonly relation: string; readonly url: string }[]
}

const usual = (stamp: string | undefined) => (stamp === undefined ? {} : { _lastUpdated: `ge${stamp}` })

/** A vendor as a program: mirrors all patients, and asks for what has changed since the newest stamp. */
export async function runMirror(
  { urls, poll = 1 }: Surroundings,
  time: StageTime,
  call: Call,
  traits: MirrorTraits,
): Promise<void> {
  const { count = 5, period = poll * 1_000, first = usual } = traits
  const mirror = new Map<string, string>()
  let stamp: string | undefined

  const get = async (url: string): Promise<Page> => {
    const { status, text } = await call({ method: 'GET', url })
    return status === 200 ? (JSON.parse(text) as Page) : {}
  }
  /** Keeps a page; gives how many versions were new. */
  const keep = ({ entry = [] }: Page): number => {
    const news = entry.filter(({ resource }) => mirror.get(resource.id) !== resource.meta.lastUpdated)
    for (const { id, meta } of news.map(({ resource }) => resource)) {
      mirror.set(id, meta.lastUpdated)
      if (stamp === undefined || meta.lastUpdated > stamp) stamp = meta.lastUpdated
    }
    return news.length
  }
  const round = async (): Promise<number> => {
    const parameters = new URLSearchParams({ ...first(stamp, time.now()), _count: String(count) })
    let page = await get(`${urls.pit}/v1/Patient?${parameters}`)
    for (let news = keep(page); ; news += keep(page)) {
      const next = page.link?.find(({ relation }) => relation === 'next')?.url
      if (next === undefined || traits.pages === 'first-only') return news
      if (traits.goesOn?.(page.entry?.length ?? 0) === false) return news
      page = await get(traits.next?.(next) ?? next)
    }
  }

  for (let empty = 0; empty < 2; ) {
    const news = await round()
    if (traits.rounds === 'once') return
    empty = news === 0 && traits.rounds !== 'for-ever' ? empty + 1 : 0
    await time.sleep(period)
  }
}
