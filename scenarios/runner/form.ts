/** What a form or a query has: `null` leaves a name out, a list gives it several times. */
export type FormMembers = Readonly<Record<string, string | number | null | readonly string[]>>

/** The members as application/x-www-form-urlencoded, in their order. */
export function formOf(members: FormMembers): URLSearchParams {
  return new URLSearchParams(
    Object.entries(members).flatMap(([name, value]) =>
      value === null ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
    ),
  )
}
