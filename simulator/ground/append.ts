/** Puts items behind those of a list. `list.push(...items)` fails where there are more than a call takes arguments. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item)
}
