import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { FirelyMajor, Opinion, Versions } from './opinion.ts'
import { builtProgram, LibraryUnavailable } from './program.ts'

/**
 * The real library in one warm .NET process. Questions are answered in their order, so many may be open at a time.
 * Close it: the process lives until then.
 */
export class Library {
  readonly versions: Versions
  private readonly process: ChildProcessWithoutNullStreams
  private readonly lines: AsyncIterator<string>

  private constructor(process: ChildProcessWithoutNullStreams, lines: AsyncIterator<string>, versions: Versions) {
    this.process = process
    this.lines = lines
    this.versions = versions
  }

  /** Starts it, and builds it before where it is asked for the first time. Throws `LibraryUnavailable`. */
  static async open(sdk: FirelyMajor, onBuild?: () => void): Promise<Library> {
    const program = await builtProgram(sdk, onBuild)
    const started = await start(program)
    // Without the ICU libraries .NET starts only when it is told to do without; that shows in odd names alone.
    const other = 'complaints' in started && /\bICU\b/.test(started.complaints) ? await start(program, NO_ICU) : started
    if ('complaints' in other)
      throw new LibraryUnavailable(`The real library did not start.\n${other.complaints.trim()}`)
    return new Library(other.process, other.lines, other.versions)
  }

  /** The answer on one payload. Only one `ask` or `askAll` at a time. */
  async ask(payload: Uint8Array): Promise<Opinion> {
    const [opinion] = await this.askAll([payload])
    if (opinion === undefined) throw new Error('The real library gave no answer.')
    return opinion
  }

  /** The answers on many payloads, in their order. */
  async askAll(payloads: readonly Uint8Array[]): Promise<readonly Opinion[]> {
    const sent = this.send(payloads)
    const opinions: Opinion[] = []
    while (opinions.length < payloads.length) {
      const line = await this.lines.next()
      if (line.done) throw new Error(`The real library ended at payload ${opinions.length + 1} of ${payloads.length}.`)
      opinions.push(JSON.parse(line.value) as Opinion)
    }
    await sent
    return opinions
  }

  /** Ends the process. */
  async close(): Promise<void> {
    const ended = once(this.process, 'exit')
    this.process.stdin.end()
    await ended
  }

  /** Waits where the process is behind, and gives up where it has ended: then an answer is missing. */
  private async send(payloads: readonly Uint8Array[]): Promise<void> {
    const { stdin } = this.process
    for (const payload of payloads) {
      const ready = stdin.write(`"${Buffer.from(payload).toString('base64')}"\n`)
      if (!ready) await new Promise<void>((resume) => this.whenReady(resume))
    }
  }

  private whenReady(resume: () => void): void {
    const { stdin } = this.process
    const done = () => {
      stdin.off('drain', done)
      this.process.off('exit', done)
      resume()
    }
    stdin.on('drain', done)
    this.process.on('exit', done)
  }
}

const NO_ICU = { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' }

interface Started {
  readonly process: ChildProcessWithoutNullStreams
  readonly lines: AsyncIterator<string>
  readonly versions: Versions
}

async function start(program: string, env: Record<string, string> = {}): Promise<Started | { complaints: string }> {
  const child = spawn('dotnet', [program], { env: { ...process.env, ...env } })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  // A process that ends early is noticed where its answer is missing.
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  const closed = once(child, 'close')
  const first = await lines.next()
  if (first.done) await closed
  return first.done ? { complaints } : { process: child, lines, versions: JSON.parse(first.value) as Versions }
}
