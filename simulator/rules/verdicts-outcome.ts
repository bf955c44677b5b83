import type { Fixes, Verdict, Verdicts } from './verdicts.ts'

/** Where the verdicts on a refused body are put in an OperationOutcome. */
const EXTENSION = 'urn:jft-simulator:verdicts'

/** An answer shows no more corrections than these. */
const MOST_CORRECTIONS = 100

/**
 * An OperationOutcome with the verdicts on the refused body, as an extension of its root: `cure` in a sentence, `vkp` with
 * VKP's verdict, each `correction`, `jftAfterVkp`, `patch` as JSON text where the corrections cure the body, and `fixes`: how
 * many issues are mechanical, of how many, their one patch, and what is left. Of what PIT refused, `cure` and `fixes` alone.
 */
export function withVerdicts(outcome: Readonly<Record<string, unknown>>, verdicts: Verdicts): Record<string, unknown> {
  const { pit, cure, fixes } = verdicts
  const others = pit === undefined ? throughVkp(verdicts) : []
  const parts = [{ url: 'cure', valueString: cure }, ...others, fixesExtension(fixes)]
  return { resourceType: 'OperationOutcome', extension: [{ url: EXTENSION, extension: parts }], ...outcome }
}

function throughVkp({ vkp, jftAfterVkp, patch }: Verdicts): readonly Record<string, unknown>[] {
  return [
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
}

function fixesExtension({ fixed, of, patch, rest }: Fixes): Record<string, unknown> {
  const counts = [
    { url: 'fixed', valueInteger: fixed },
    { url: 'of', valueInteger: of },
  ]
  const whole = patch === null ? [] : [{ url: 'patch', valueString: JSON.stringify(patch) }]
  return { url: 'fixes', extension: [...counts, ...whole, ...issueExtensions(rest)] }
}

function issueExtensions(issues: Verdict['issues']): readonly Record<string, unknown>[] {
  return issues.map(({ code, expression = '', message }) => ({
    url: 'issue',
    valueString: [code, expression, message].filter((part) => part !== '').join(': '),
  }))
}

function verdictExtension(url: string, { accepted, issues }: Verdict): Record<string, unknown> {
  const found = issueExtensions(issues)
  return { url, extension: [{ url: 'accepted', valueBoolean: accepted }, ...found] }
}

function textExtensions(url: string, texts: Readonly<Record<string, string>>): Record<string, unknown> {
  return { url, extension: Object.entries(texts).map(([name, valueString]) => ({ url: name, valueString })) }
}
