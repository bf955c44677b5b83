import { trimEnd } from './text/trim-end.ts'
/** Where a clock stands. */
export interface ClockState {
  /** A frozen clock gives the same time until it is moved. */
  readonly frozen: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Seconds of this clock in a second of the machine; 1 is the usual pace. */
  readonly rate: number
  /** The newest stamp that was given out, in microseconds. */
  readonly lastStamp: number
}

/**
 * The only source of time. Everything that the simulator stamps, signs or compares with "now" reads it here, so that
 * one clock can be frozen, moved or hurried for a whole sandbox.
 */
export interface Clock {
  /** Milliseconds since the epoch, as the clock was set: it can be set back, and the machine's can step back. */
  now(): number
  /** Microseconds since the epoch, strictly larger than every stamp before it. */
  stamp(): number
  /**
   * The time that stamps are taken from, in microseconds since the epoch: never behind the newest stamp. Where the clock went
   * back it is ahead of `now`, and runs at half the pace until the clock has caught up. Does not give out a stamp.
   */
  micros(): number
  /** Stops the clock, at `at` (milliseconds) where given. */
  freeze(at?: number): void
  /** Lets the clock run on from `at` (milliseconds), or from where it stands, at `rate`. */
  run(rate?: number, at?: number): void
  /** Moves the clock by `milliseconds`; it runs on, or stays frozen, as before. */
  advance(milliseconds: number): void
  /** Back to the machine's time and pace. Stamps never go backwards. */
  resume(): void
  readonly state: ClockState
}

/** A clock over the machine's, or over any other source of milliseconds; `state` makes it continue from there. */
export function createClock(wall: () => number = Date.now, state?: ClockState): Clock {
  let rate = state?.rate ?? 1
  let frozen = state?.frozen ?? false
  let lastStamp = state?.lastStamp ?? 0
  let start = { wall: wall(), now: state?.now ?? wall() }
  const reading = () => (frozen ? start.now : start.now + (wall() - start.wall) * rate)
  const lead = createLead(reading(), () => lastStamp)
  const micros = () => Math.max(Math.floor(lead.at(reading()) * 1000), lastStamp)
  const startAt = (now: number) => {
    start = { wall: wall(), now }
    lead.set(now)
  }
  return {
    now: reading,
    micros,
    stamp() {
      lastStamp = Math.max(micros(), lastStamp + 1)
      return lastStamp
    },
    freeze(at = reading()) {
      startAt(at)
      frozen = true
    },
    run(pace = 1, at = reading()) {
      startAt(at)
      frozen = false
      rate = pace
    },
    advance(milliseconds) {
      startAt(reading() + milliseconds)
    },
    resume() {
      startAt(wall())
      frozen = false
      rate = 1
    },
    get state() {
      return { frozen, now: reading(), rate, lastStamp }
    },
  }
}

/**
 * By how many milliseconds the time of stamps is ahead of a clock that went back behind the newest stamp. What was visible
 * stays so, and what waits to be registered still is, sooner or later.
 */
function createLead(begun: number, newest: () => number) {
  const behind = (reading: number) => Math.max(0, newest() / 1000 - reading)
  let seen = begun
  let ahead = behind(begun)
  return {
    /** The time of stamps at that reading. */
    at(reading: number): number {
      const passed = reading - seen
      seen = reading
      ahead = passed < 0 ? behind(reading) : Math.max(0, ahead - passed / 2)
      return reading + ahead
    },
    /** The clock was set. */
    set(reading: number): void {
      seen = reading
      ahead = behind(reading)
    },
  }
}

/** Waits by the machine's time, whatever the clock of a sandbox says: for latency that a client should feel. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Measures how long work takes, in milliseconds of the machine, whatever the clock of a sandbox says. */
export function stopwatch(): () => number {
  const started = performance.now()
  return () => performance.now() - started
}

/**
 * A stamp as JFT writes it, for example `2026-05-26T10:06:17.01493+00:00`: UTC with an offset, trailing zeros of the
 * fraction left out (JFT ReadAPI overview, "Metadata").
 */
export function formatStamp(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000)
  const fraction = trimEnd(String(micros - seconds * 1_000_000).padStart(6, '0'), '0')
  return `${secondText(seconds)}${fraction === '' ? '' : `.${fraction}`}+00:00`
}

/** The second that was written last: stamps that are written together are mostly of the same. */
let written = { seconds: Number.NaN, text: '' }

function secondText(seconds: number): string {
  if (written.seconds !== seconds) written = { seconds, text: new Date(seconds * 1000).toISOString().slice(0, 19) }
  return written.text
}

/** A stamp in whole seconds, as JFT's `$status` writes its times: `2025-02-14T12:01:02+00:00`. */
export function formatSeconds(micros: number): string {
  return `${new Date(micros / 1000).toISOString().slice(0, 19)}+00:00`
}
