import { isTaken, note, post } from '../events.ts'
import { Inconclusive, type Questions, twice, Unplayed } from '../question.ts'
import type { Session } from '../session.ts'

const extended = (members: Record<string, unknown>) =>
  note({ extension: [{ url: 'https://example.org/probe', ...members }] })

interface Telling {
  readonly wrong: Readonly<Record<string, unknown>>
  readonly five: string
  readonly six: string
}

/** Codes of the same finding in the two versions of the library, by what provokes it. */
const UNKNOWN: Telling = { wrong: { noSuchElement: 1 }, five: 'JSON118', six: 'PVAL128' }
const NO_STRING: Telling = { wrong: { title: true }, five: 'JSON110', six: 'PVAL123' }

async function version(session: Session, { wrong, five, six }: Telling) {
  const { status, text } = await post(session, note(wrong))
  if (status !== 400) throw new Unplayed(`A wrong body was answered ${status}, not 400.`)
  if (text.includes(five) && !text.includes(six)) return 5
  if (text.includes(six) && !text.includes(five)) return 6
  throw new Unplayed('The answer has no code that tells the versions of the library apart.')
}

function sdk(session: Session): Promise<unknown> {
  return session.once('firely', async () => {
    const [one, other] = [await version(session, UNKNOWN), await version(session, NO_STRING)]
    if (one !== other) throw new Inconclusive('Two answers name codes of different versions of the library.')
    return one
  })
}

async function mode(session: Session, resource: Record<string, unknown>) {
  if ((await sdk(session)) !== 6) throw new Inconclusive('SDK 5 has no modes; the setting says nothing there.')
  return (await isTaken(session, resource)) ? 'default' : 'strict'
}

async function thrown(session: Session, text: string) {
  if ((await sdk(session)) !== 6) throw new Inconclusive('SDK 5 reports these bodies, and does not throw at them.')
  return (await post(session, text, { takes: [500] })).status
}

async function dotnet(session: Session, resource: Record<string, unknown>) {
  return (await isTaken(session, resource)) ? 8 : 6
}

/** More than the setting's largest value. */
const MANY = 10_050

async function mostIssues(session: Session, wrong: Record<string, unknown>) {
  const { status, json } = await post(session, note(wrong))
  const issues = (json as { issue?: readonly { code?: string; severity?: string }[] } | undefined)?.issue
  if (status !== 400 || !issues)
    throw new Unplayed(`The body with ${MANY} errors was answered ${status} without a list of issues.`)
  const named = issues.filter(({ severity }) => severity !== 'information' && severity !== 'warning').length
  if (named >= MANY) throw new Inconclusive(`All ${MANY} errors were named: there is no number, or it is larger.`)
  return named
}

const many = <T>(one: T) => Array.from({ length: MANY }, () => one)

/** What a verdict of the format check tells of who gives it. */
export const FIRELY_QUESTIONS: Questions = {
  firelySdk: {
    sends: '2 Compositions: an unknown element, a title that is not a string',
    probes: twice(UNKNOWN, NO_STRING, version),
  },
  firelyMode: {
    sends: '2 Compositions with a name in the wrong letter case',
    probes: [
      (s) => mode(s, note({ custodian: { Display: 'x' } })),
      (s) => mode(s, note({ encounter: { DISPLAY: 'x' } })),
    ],
  },
  firelyThrowsStatus: { sends: '2 bodies that are JSON, but no object', probes: twice('"text"', '1', thrown) },
  dotnet: {
    sends: '2 Compositions with a comma before a fraction of a second',
    probes: [
      (s) => dotnet(s, extended({ valueInstant: '2026-01-01T10:00:00,5Z' })),
      (s) => dotnet(s, note({ date: '2026-01-01T10:00:00,25Z' })),
    ],
  },
  mostIssues: {
    sends: `2 Compositions with ${MANY} errors each`,
    confidence: 'medium',
    probes: [(s) => mostIssues(s, { category: many({ x: 1 }) }), (s) => mostIssues(s, { section: many({ x: 1 }) })],
  },
}
