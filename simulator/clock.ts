/**
 * The only source of time. Everything that the simulator stamps, signs or compares with "now" reads it here, so that
 * one clock can be frozen or moved for the whole world.
 */
export interface Clock {
  /** Milliseconds since the epoch; never behind the newest stamp that was given out. */
  now(): number
  /** Microseconds since the epoch, strictly larger than every stamp before it. */
  stamp(): number
  /** Microseconds since the epoch, never behind the newest stamp. Does not give out a stamp. */
  micros(): number
  /** Stops the clock, at `at` (milliseconds) where given. */
  freeze(at?: number): void
  /** Moves the clock by `milliseconds`; it goes on running, or stays frozen, as it was. */
  advance(milliseconds: number): void
  /** Back to the wall clock. Stamps still never go backwards. */
  resume(): void
}

/** A clock over the machine's, or over any other source of milliseconds. */
export function createClock(wall: () => number = Date.now): Clock {
  let frozenAt: number | undefined
  let offset = 0
  let lastStamp = 0
  const reading = () => frozenAt ?? wall() + offset
  const micros = () => Math.max(Math.floor(reading() * 1000), lastStamp)
  return {
    now: () => micros() / 1000,
    micros,
    stamp() {
      lastStamp = Math.max(Math.floor(reading() * 1000), lastStamp + 1)
      return lastStamp
    },
    freeze(at) {
      frozenAt = at ?? reading()
    },
    advance(milliseconds) {
      if (frozenAt === undefined) offset += milliseconds
      else frozenAt += milliseconds
    },
    resume() {
      frozenAt = undefined
      offset = 0
    },
  }
}

/** Measures how long work takes, in milliseconds of the machine, whatever the clock of the world says. */
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
  const fraction = String(micros - seconds * 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '')
  const text = new Date(seconds * 1000).toISOString().slice(0, 19)
  return `${text}${fraction === '' ? '' : `.${fraction}`}+00:00`
}

/** A stamp in whole seconds, as JFT's `$status` writes its times: `2025-02-14T12:01:02+00:00`. */
export function formatSeconds(micros: number): string {
  return `${new Date(micros / 1000).toISOString().slice(0, 19)}+00:00`
}
