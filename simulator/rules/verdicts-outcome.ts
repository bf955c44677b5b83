import type { Verdict, Verdicts } from './verdicts.ts'

/** Where the verdicts on a refused body are put in an OperationOutcome. */
const EXTENSION = 'urn:jft-simulator:verdicts'

/** An answer shows no more corrections than these. */
const MOST_CORRECTIONS = 100

/**
 * An OperationOutcome with the verdicts on the refused body, as an extension of its root: `cure` in a sentence, `vkp` with
 * VKP's verdict, each `correction`, `jftAfterVkp`, and `patch` as JSON text where the corrections cure the body.
 */
export function withVerdicts(
  outcome: Readonly<Record<string, unknown>>,
  { vkp, jftAfterVkp, patch, cure }: Verdicts,
): Record<string, unknown> {
  const parts = [
    { url: 'cure', valueString: cure },
    verdictExtension('vkp', vkp),
    ...vkp.corrections.slice(0, MOST_CORRECTIONS).map(({ kind, expression, before, after }) =>
      textExtensions('correction', {
        kind,
        expression,
        before: JSON.stringify(before),
        after: JSON.stringify(after),
      }),
    ),
    verdictExtension('jftAfterVkp', jftAfterVkp),
    ...(patch === null ? [] : [{ url: 'patch', valueString: JSON.stringify(patch) }]),
  ]
  return { resourceType: 'OperationOutcome', extension: [{ url: EXTENSION, extension: parts }], ...outcome }
}

function verdictExtension(url: string, { accepted, issues }: Verdict): Record<string, unknown> {
  const found = issues.map(({ code, expression = '', message }) => ({
    url: 'issue',
    valueString: [code, expression, message].filter((part) => part !== '').join(': '),
  }))
  return { url, extension: [{ url: 'accepted', valueBoolean: accepted }, ...found] }
}

function textExtensions(url: string, texts: Readonly<Record<string, string>>): Record<string, unknown> {
  return { url, extension: Object.entries(texts).map(([name, valueString]) => ({ url: name, valueString })) }
}
