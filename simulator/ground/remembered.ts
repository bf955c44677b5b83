/** What is known of a key; made, and kept, when it is asked for first. */
export function remembered<K, V>(memory: Map<K, V>, key: K, make: (key: K) => V): V {
  let known = memory.get(key)
  if (known === undefined) {
    known = make(key)
    memory.set(key, known)
  }
  return known
}
