import type { ClientFile } from '../helseid-client.ts'

/** Sends a request; `host` is another Host header, which not every platform can set. */
export type Send = (request: Request, host?: string) => Promise<Response>

/** The municipality that the ready-made clients of a simulator act for. */
export const MUNICIPALITY = '313231593'

/**
 * What a platform may be unable to do: send another Host header, send headers that the Fetch standard forbids
 * (section 2.2.2), or tell when a connection breaks.
 */
export type Inability = 'host' | 'forbidden-headers' | 'broken-connection'

/** What a pack is played against: base URLs without a trailing slash, and the clients' files. */
export interface Target {
  readonly name: string
  /** `helseid`, `jft-write`, `jft-read`; where there are such, `vkp`, `ehr`, `ttt`, and `control` of a simulator. */
  readonly urls: Readonly<Record<string, string>>
  readonly send: Send
  /** The municipality that parties act for. */
  readonly municipality: string
  /** Configuration files by party; a simulator has its own. */
  readonly clients: Readonly<Record<string, ClientFile>>
  /** API key of the test token service, where it asks for one. */
  readonly testTokenKey?: string
  /** What its `send` cannot do; scenarios that need it are skipped. */
  readonly cannot?: readonly Inability[]
  /** Variables of the environment, which packs may read as `${env.NAME}`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** It ends with the run: nobody can follow a link to it afterwards. */
  readonly transient?: true
  /** Sandboxes stay whatever came of their scenarios: somebody looks at them, and forgets them. */
  readonly keepsSandboxes?: true
}

/** A simulator in this process, called without the detour by the network. */
export function targetInProcess(name: string, { urls, send }: Pick<Target, 'urls' | 'send'>): Target {
  const cannot = ['host', 'forbidden-headers', 'broken-connection'] as const
  return { name, urls, send, municipality: MUNICIPALITY, clients: {}, cannot }
}
