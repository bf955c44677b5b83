import type { ClientRegister } from '../ports.ts'
import type { Client } from '../records.ts'

/** Creates a register that holds `clients`. */
export function createClientRegister(clients: readonly Client[] = []): ClientRegister {
  const byId = new Map(clients.map((client) => [client.clientId, client]))
  return {
    find: async (clientId) => byId.get(clientId),
    list: async () => [...byId.values()],
    put: async (client) => void byId.set(client.clientId, client),
  }
}
