/** Parts of a token and the points between them, and whatever else is written with the same characters. */
const RUN = /[\w.-]+/g

/** The first two parts of each JSON Web Token in a text, with the point between them. Linear in the text. */
export function tokensIn(text: string): string[] {
  return [...text.matchAll(RUN)].flatMap(([run]) => {
    const parts = run.split('.')
    return parts.flatMap((part, index) => {
      const start = part.indexOf('eyJ')
      const next = parts[index + 1] ?? ''
      return start < 0 || part.length < start + 4 || next === '' ? [] : [`${part.slice(start)}.${next}`]
    })
  })
}
