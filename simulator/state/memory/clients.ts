/** A public or private JSON Web Key (RFC 7517). */
export type Jwk = Readonly<Record<string, unknown>>

/** Whether a client acts for one organisation or, by delegation, for many (HelseID, "Organisation numbers"), or for none. */
export type Tenancy = 'none' | 'single-tenant' | 'multi-tenant'

/** A client as HelseID's self-service registers it. */
export interface Client {
  readonly clientId: string
  readonly name: string
  readonly tenancy: Tenancy
  /** The organisation that owns the client: the parent of a single-tenant client, the supplier of a multi-tenant one. */
  readonly organization: string
  /** Municipalities that a multi-tenant client has a delegation from; `*` is every one. */
  readonly delegations: readonly string[]
  /** Subunits that a single-tenant client may name; a multi-tenant client may name any. */
  readonly children: readonly string[]
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  /** Whether a token request without a proof is refused, or gets a Bearer token (Duende's RequireDPoP). */
  readonly dpop: 'required' | 'optional'
  /** Claims that one API has asked for, by their full names; they go into tokens for the API that the name begins with. */
  readonly apiClaims: Readonly<Record<string, string>>
  /** Public keys that the client's assertions may be signed with. */
  readonly publicKeys: readonly Jwk[]
  /** Ready-made clients only: the name under which `SigningKeys` keeps the private key that their file includes. */
  readonly keyName?: string
}

/** The clients of one sandbox. */
export interface ClientRegister {
  find(clientId: string): Client | undefined
  list(): readonly Client[]
  /** Adds the client, or replaces the one with the same id. */
  put(client: Client): void
}

/** Creates a register that holds `clients`. */
export function createClientRegister(clients: readonly Client[] = []): ClientRegister {
  const byId = new Map(clients.map((client) => [client.clientId, client]))
  return {
    find: (clientId) => byId.get(clientId),
    list: () => [...byId.values()],
    put: (client) => void byId.set(client.clientId, client),
  }
}
