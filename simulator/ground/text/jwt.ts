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

/** The text with the signature of each JSON Web Token cut off. Linear in the text. */
export function cutSignatures(text: string): string {
  return text.includes('eyJ') ? text.replace(RUN, (run) => withoutSignature(run.split('.'))) : text
}

function withoutSignature(parts: readonly string[]): string {
  const shown: string[] = []
  for (let index = 0; index < parts.length; index++) {
    const [header = '', payload = '', signature = ''] = parts.slice(index, index + 3)
    if (payload === '' || signature === '' || !/(?:^|-)eyJ[\w-]/.test(header)) {
      shown.push(header)
      continue
    }
    shown.push(header, payload, '[signature removed]')
    index += 2
  }
  return shown.join('.')
}
