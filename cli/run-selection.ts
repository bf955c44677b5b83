import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pack } from '../scenarios/pack/pack.ts'
import type { RunResult } from '../scenarios/runner/result.ts'
import { KEY_FOLDER, prepareFolder } from '../simulator/adapters/key-file.ts'
import { CliError } from './cli-error.ts'

/** Which scenarios of the packs are to be run. */
export interface Selection {
  /** Ids, which are unique in all packs. */
  readonly ids: ReadonlySet<string>
}

/** A part of all: the second of three is `{ part: 2, of: 3 }`. */
export interface Shard {
  readonly part: number
  readonly of: number
}

/** What narrows a run down. */
export interface Narrowing {
  readonly filter?: string
  readonly tag?: string
  readonly shard?: Shard
  /** Ids of the scenarios that failed in the last run. */
  readonly failed?: readonly string[]
}

/** The ids of the scenarios to run. Throws a `CliError` where the filter fits none. */
export function selectedOf(packs: readonly Pack[], { filter, tag, shard, failed }: Narrowing): ReadonlySet<string> {
  const all = packs.flatMap(({ scenarios }) => scenarios)
  const exact = all.filter(({ id }) => id === filter)
  const found =
    exact.length > 0
      ? exact
      : all.filter((one) => filter === undefined || texts(one).some((text) => text.includes(filter)))
  if (found.length === 0) throw new CliError(`No scenario has the text ${filter} in its id, title or requirements.`)
  const tagged = tag === undefined ? found : found.filter(({ tags }) => tags.includes(tag))
  if (tagged.length === 0) throw new CliError(`No scenario has the tag ${tag}.`)
  const again = failed === undefined ? tagged : tagged.filter(({ id }) => failed.includes(id))
  const mine = again.filter((_, index) => shard === undefined || index % shard.of === shard.part - 1)
  return new Set(mine.map(({ id }) => id))
}

function texts({ id, title, proves }: Pack['scenarios'][number]): string[] {
  return [id, title, ...proves]
}

/** Reads `1/3`. Throws a `CliError` where that is no part of a whole. */
export function shardOf(value: string): Shard {
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(value) ?? []
  const shard = { part: Number(part), of: Number(of) }
  if (part !== undefined && shard.part >= 1 && shard.part <= shard.of) return shard
  throw new CliError(`--shard ${value}: it must be a part of a whole, such as 1/3 for the first of three.`)
}

/** What is kept of a run: what was given to it, and which scenarios failed. */
export interface LastRun {
  readonly packs: readonly string[]
  readonly failed: readonly string[]
}

const LAST_RUN = join(KEY_FOLDER, 'last-run.json')

/** Keeps which scenarios failed, in the current folder; where that cannot be written, nothing is kept. */
export function keepLastRun(packs: readonly string[], { scenarios }: RunResult): void {
  const failed = [...new Set(scenarios.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id))]
  try {
    prepareFolder(KEY_FOLDER)
    writeFileSync(LAST_RUN, `${JSON.stringify({ packs, failed } satisfies LastRun)}\n`)
  } catch {
    // A folder that is read only is none in which somebody works on what failed.
  }
}

/** What the last run here left. Throws a `CliError` where there was none. */
export function lastRun(): LastRun {
  try {
    const { packs, failed } = JSON.parse(readFileSync(LAST_RUN, 'utf8')) as LastRun
    return { packs: packs.map(String), failed: failed.map(String) }
  } catch {
    throw new CliError(`--last-failed: there was no run in this folder (${LAST_RUN} cannot be read).`)
  }
}
