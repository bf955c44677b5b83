/** Where identifiers and random tokens come from. */
export interface Ids {
  /** A lower-case UUID, version 4. JFT's resource ids are GUIDs (JFT WriteAPI overview). */
  uuid(): string
  /** `bytes` random bytes in upper-case hex, the form of HelseID's `jti` and `kid`. */
  hex(bytes: number): string
}

/** Identifiers from the platform's random source. */
export function createIds(): Ids {
  return {
    uuid: () => crypto.randomUUID(),
    hex(bytes) {
      const random = crypto.getRandomValues(new Uint8Array(bytes))
      return Array.from(random, (byte) => byte.toString(16).padStart(2, '0'))
        .join('')
        .toUpperCase()
    },
  }
}
