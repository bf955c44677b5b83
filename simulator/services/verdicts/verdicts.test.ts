import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { applyPatch, type Operation } from 'rfc6902'
import { describe, expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { realIdentityNumber } from '../../rules/identifiers.fixture.ts'
import type { Verdicts } from '../../rules/verdicts.ts'
import { startJft } from '../../surfaces/jft.fixture.ts'
import { type CheckOptions, checkPayload } from './check.ts'

const note = noteFactory.build()
const check = (resource: unknown, options?: CheckOptions) => checkPayload(JSON.stringify(resource), options)
const assuming = (assumptions: NonNullable<CheckOptions['assumptions']>): CheckOptions => ({ assumptions })

/** Both validators' words, and what is between them. */
function summary({ jft, vkp, jftAfterVkp, cure }: Verdicts) {
  return {
    jft: jft.issues.map(({ code }) => code),
    vkp: vkp.issues.map(({ code }) => code),
    corrections: vkp.corrections.map(({ kind, expression }) => `${kind} ${expression}`),
    after: jftAfterVkp.issues.map(({ code }) => code),
    cure,
  }
}

describe('verdicts on a note', () => {
  test('that is right', () => {
    expect(summary(check(note))).toEqual({
      jft: [],
      vkp: [],
      corrections: [],
      after: [],
      cure: 'JFT accepts it as it is.',
    })
    expect(check(note)).toMatchObject({ jft: { accepted: true }, vkp: { accepted: true }, patch: null })
    expect(check(note).corrected).toBeUndefined()
  })

  test('with more that is wrong than is told says how much more', () => {
    const category = Array.from({ length: 1_500 }, () => ({ x: 1 }))
    const { issues, more = 0 } = check({ ...note, category }).jft
    expect(more).toBeGreaterThan(500)
    expect(issues.length + more).toBe(1_500)
  })

  test('that VKP cures, with a patch that cures it too', () => {
    const faulty = { ...note, author: note.author[0], language: '' }
    const checked = check(faulty)
    expect(summary(checked)).toEqual({
      jft: ['JSON111', 'JSON127'],
      vkp: [],
      corrections: ['wrap Composition.author', 'drop-empty Composition.language'],
      after: [],
      cure: 'VKP fixes it with 2 corrections: JFT accepts what VKP forwards.',
    })
    expect(checked.corrected).toBe(JSON.stringify({ ...note }))
    const copy = structuredClone(faulty)
    applyPatch(copy, checked.patch as Operation[])
    expect(copy).toEqual(note)
  })

  test('that VKP cannot cure, and why', () => {
    const { author: _author, ...rest } = note
    const checked = check({ ...rest, date: '2026-01-01T08:00:00', title: '' })
    expect(summary(checked)).toEqual({
      jft: ['PVAL108', 'JSON127'],
      vkp: [],
      corrections: ['drop-empty Composition.title'],
      after: ['PVAL108'],
      cure: "VKP's 1 correction cannot cure it: Composition.date: the time has no offset, or the date has one, and nothing can tell which was meant.",
    })
    expect(checked).toMatchObject({ jftAfterVkp: { accepted: false }, patch: null })
  })

  test('that VKP rejects: nothing is forwarded', () => {
    expect(summary(check({ ...note, status: 'ferdig', language: '' }))).toEqual({
      jft: ['JSON127', 'PVAL116'],
      vkp: ['vkp-code'],
      corrections: [],
      after: ['vkp-not-forwarded'],
      cure: 'VKP rejects it, so nothing is forwarded to JFT.',
    })
  })

  test('that JFT accepts, but not after VKP', () => {
    const checked = check({ ...note, title: '  ' })
    expect([checked.jft.accepted, checked.jftAfterVkp.accepted, checked.patch]).toEqual([true, false, null])
    expect(checked.cure).toBe(
      "JFT accepts it as it is, but not after VKP's 1 correction: Composition.title: a mandatory element is missing, and nothing can tell what it should say.",
    )
  })

  test('that is not plain JSON: corrected, but no patch can say how', () => {
    const checked = checkPayload(`// captured\n${JSON.stringify(note, null, 2)}\n`)
    expect(summary(checked)).toMatchObject({ jft: ['json-syntax'], corrections: ['syntax $this'], after: [] })
    expect([checked.patch, checked.corrected]).toEqual([null, JSON.stringify(note, null, 2)])
  })

  test('issues after VKP have no line: those of the forwarded text say nothing', () => {
    const [issue] = check({ ...note, status: undefined }).jftAfterVkp.issues
    expect(issue).toMatchObject({ code: 'PVAL105', expression: 'Composition.status', pointer: '/status' })
    expect(issue).not.toHaveProperty('line')
  })
})

describe('resource types', () => {
  test('VKP takes two that JFT has no endpoint for', () => {
    const communication = { resourceType: 'Communication', status: 'completed', topic: { text: '' } }
    expect(summary(check(communication))).toMatchObject({
      jft: ['JSON127'],
      vkp: [],
      after: ['jft-endpoint-type'],
      cure: "VKP's 1 correction cannot cure it: JFT has no endpoint for the resource type.",
    })
  })

  test('others neither takes', () => {
    expect(summary(check({ resourceType: 'Patient', active: true }))).toMatchObject({
      jft: ['jft-endpoint-type'],
      vkp: ['vkp-endpoint-type'],
      after: ['vkp-not-forwarded'],
    })
  })
})

describe('settings for silent points', () => {
  const faulty = { ...note, author: note.author[0], language: '' }

  test('corrections: documented-only', () => {
    const { patch, ...verdicts } = check(faulty, assuming({ corrections: 'documented-only' }))
    expect(summary({ ...verdicts, patch })).toMatchObject({
      corrections: ['wrap Composition.author'],
      after: ['JSON127'],
      cure: expect.stringContaining(
        'the setting for corrections leaves it as it is (Properties cannot be empty strings.',
      ),
    })
    expect(patch).toBeNull()
  })

  test('corrections: none, as before March 2026', () => {
    expect(summary(check(faulty, assuming({ corrections: 'none' })))).toMatchObject({
      vkp: [],
      corrections: [],
      after: ['JSON111', 'JSON127'],
    })
  })

  test('vkpProfileCheck: reject', () => {
    const { category: _category, ...rest } = note
    expect(summary(check(rest)).vkp).toEqual([])
    expect(check(rest, assuming({ vkpProfileCheck: 'reject' })).vkp.issues).toMatchObject([
      { rule: 'vkp-profile-element', expression: 'Composition.category', certainty: 'assumed' },
    ])
  })

  test('sizeLimitBytes is asked of what VKP forwards', () => {
    const text = JSON.stringify({ ...note, author: note.author[0] }, null, 10)
    const sizeLimitBytes = JSON.stringify(note).length + 100
    expect(summary(checkPayload(text, assuming({ sizeLimitBytes })))).toMatchObject({ jft: ['http-size'], after: [] })
  })
})

test('a real identity number is nowhere in the verdicts', () => {
  const number = realIdentityNumber()
  const author = { identifier: { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: number }, display: number }
  const inTest = check({ ...note, author, language: Number(number) })
  expect(JSON.stringify(inTest)).not.toContain(number)
  const { corrected, fixed, ...inProduction } = check({ ...note, subject: undefined, author }, { environment: 'prod' })
  expect(inProduction).toMatchObject({ jftAfterVkp: { accepted: true }, patch: null })
  expect(JSON.stringify(inProduction)).not.toContain(number)
  expect(corrected).toContain(number)
  expect(fixed).toContain(number)
})

describe('a refusal by JFT', () => {
  const faulty = JSON.stringify({ ...note, author: note.author[0], language: '' })
  const submit = (jft: ReturnType<typeof startJft>, body: string) => jft.call('POST', '/write/v1/Composition', { body })
  const accepted = (url: string) => ({ url, extension: [{ url: 'accepted', valueBoolean: true }] })

  test('carries both verdicts, the corrections and the patch in an extension of the OperationOutcome', async () => {
    const answer = await submit(startJft(), faulty)
    expect(answer.status).toBe(400)
    const { extension } = (await answer.json()) as { extension: unknown }
    const { patch, fixes } = checkPayload(faulty)
    expect(extension).toEqual([
      {
        url: 'urn:jft-simulator:verdicts',
        extension: [
          { url: 'cure', valueString: 'VKP fixes it with 2 corrections: JFT accepts what VKP forwards.' },
          accepted('vkp'),
          expect.objectContaining({ url: 'correction' }),
          {
            url: 'correction',
            extension: [
              { url: 'kind', valueString: 'drop-empty' },
              { url: 'expression', valueString: 'Composition.language' },
              { url: 'before', valueString: '""' },
              { url: 'after', valueString: 'null' },
            ],
          },
          accepted('jftAfterVkp'),
          { url: 'patch', valueString: JSON.stringify(patch) },
          {
            url: 'fixes',
            extension: [
              { url: 'fixed', valueInteger: 2 },
              { url: 'of', valueInteger: 2 },
              { url: 'patch', valueString: JSON.stringify(fixes.patch) },
            ],
          },
        ],
      },
    ])
  })

  test('carries them as a member of problem+json', async () => {
    const answer = await submit(startJft({ assumptions: { errorBody: 'problem-json' } }), faulty)
    expect(await answer.json()).toMatchObject({ verdicts: summaryOf(faulty) })
  })

  test('has them in the journal, and so has one of an identity number', async () => {
    const jft = startJft()
    await submit(jft, faulty)
    expect((await jft.lastExchange()).verdicts).toMatchObject(summaryOf(faulty))
    const patient = { identityNumber: realIdentityNumber(), name: 'X' }
    await submit(jft, JSON.stringify(noteFactory.build({}, { transient: { patient } })))
    const { verdicts } = await jft.lastExchange()
    expect(verdicts).toMatchObject({
      vkp: { accepted: true, corrections: [] },
      cure: 'VKP has no correction for it: Composition.subject.identifier.value: an identity number is not synthetic.',
    })
    expect(JSON.stringify(verdicts)).not.toContain(patient.identityNumber)
  })

  test('of something else than the body has none', async () => {
    const jft = startJft()
    await jft.call('POST', '/write/v1/Composition', { body: JSON.stringify(note), orgnr: null })
    expect(await jft.lastExchange()).not.toHaveProperty('verdicts')
  })

  test('the patch of the answer makes JFT accept the body', async () => {
    const jft = startJft()
    const { patch } = checkPayload(faulty)
    const body: unknown = JSON.parse(faulty)
    applyPatch(body, patch as Operation[])
    expect((await submit(jft, JSON.stringify(body))).status).toBe(202)
  })

  function summaryOf(text: string): object {
    const { vkp, jftAfterVkp, patch, cure } = checkPayload(text)
    return { vkp, jftAfterVkp, patch, cure }
  }
})

/** Payloads that lie beside the project; a clone alone has none. */
const SAMPLES = new URL('../../../../shared/vkp-samples/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, SAMPLES), 'utf8')

interface Row {
  readonly id: string
  readonly jft_direct: string
  readonly vkp_accepts: boolean | 'configurable'
  readonly jft_after_vkp_repair: string
  readonly repair_log: readonly { readonly op: string; readonly path: string }[]
}

/** The manifest names choices by their JSON name. */
function asInManifest({ pointer, expression }: { pointer: string; expression: string }): string {
  const [root = ''] = expression.split('.')
  return root + pointer.replaceAll(/\/([0-9]+)/g, '[$1]').replaceAll('/', '.')
}

describe.skipIf(!existsSync(SAMPLES))('the VKP samples (skipped where ../shared/vkp-samples is absent)', () => {
  const rows: readonly Row[] = existsSync(SAMPLES) ? JSON.parse(read('lenient-vs-strict/manifest.json')) : []

  test('there are 27 cases', () => expect(rows).toHaveLength(27))

  test.each(rows)('$id: JFT $jft_direct, VKP $vkp_accepts, after VKP $jft_after_vkp_repair', (row) => {
    const checked = checkPayload(read(`lenient-vs-strict/${row.id}.in.json`))
    expect({
      jft_direct: checked.jft.accepted ? '202' : '400',
      vkp_accepts: checked.vkp.accepted,
      after: checked.jftAfterVkp.accepted,
      repair_log: checked.vkp.corrections.map((one) => ({ op: one.kind, path: asInManifest(one) })),
    }).toEqual({
      jft_direct: row.jft_direct,
      vkp_accepts: row.vkp_accepts !== false,
      after: row.jft_after_vkp_repair.startsWith('202'),
      repair_log: row.repair_log,
    })
    expect(checked.patch !== null).toBe(!checked.jft.accepted && checked.jftAfterVkp.accepted)
  })

  test('25: VKP rejects it where the setting says that it checks its profiles', () => {
    const text = read('lenient-vs-strict/25-profile-missing-category.in.json')
    expect(checkPayload(text, assuming({ vkpProfileCheck: 'reject' })).vkp.accepted).toBe(false)
  })

  const repaired = existsSync(SAMPLES)
    ? readdirSync(new URL('lenient-vs-strict/', SAMPLES)).filter((name) => /^(?!00).*\.repaired\.json$/.test(name))
    : []

  test.each(repaired)('%s is what VKP forwards', (name) => {
    const { corrected, jft } = checkPayload(read(`lenient-vs-strict/${name.replace('.repaired.', '.in.')}`))
    const expected: unknown = JSON.parse(read(`lenient-vs-strict/${name}`))
    if (corrected === undefined) expect([name, jft.accepted]).toEqual(['11-whitespace-title.repaired.json', true])
    else expect(JSON.parse(corrected)).toEqual(expected)
  })

  test("NHN's Bundle is corrected in exactly one place, and lands in JFT", async () => {
    const text = read('official/Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json')
    const checked = checkPayload(text)
    expect(checked.vkp).toMatchObject({
      accepted: true,
      corrections: [
        { kind: 'drop-empty', expression: 'Bundle.entry[2].resource.identifier[0].value', before: '', after: null },
      ],
    })
    expect(checked.patch).toEqual([{ op: 'remove', path: '/entry/2/resource/identifier/0/value' }])
    expect(JSON.parse(checked.corrected ?? '')).toEqual(
      JSON.parse(read('lenient-vs-strict/00-official-bundle.repaired.json')),
    )
    const answer = await startJft().call('POST', '/write/v1/Bundle', { body: checked.corrected ?? '' })
    expect(answer.status).toBe(202)
  })

  const constructed = existsSync(SAMPLES) ? readdirSync(new URL('constructed/', SAMPLES)) : []

  test.each(constructed.filter((name) => !name.startsWith('response_')))('%s needs no correction', (name) => {
    expect(checkPayload(read(`constructed/${name}`)).vkp).toEqual({ accepted: true, issues: [], corrections: [] })
  })
})

describe('the fixes of a payload', () => {
  test('are the same in its verdict, in the 400 and in the journal', async () => {
    const text = JSON.stringify({ ...note, author: note.author[0], language: '', status: 'ferdig' })
    const { jft: verdict, fixes } = checkPayload(text)
    const jft = startJft()
    const answer = await jft.call('POST', '/write/v1/Composition', { body: text })
    const { issue } = (await answer.json()) as { issue: { extension: { extension: Part[] }[] }[] }
    const sent = issue.map(({ extension: [own] }) => own?.extension ?? [])
    const part = (parts: readonly Part[], url: string) => parts.find((one) => one.url === url)?.valueString
    expect(answer.status).toBe(400)
    expect(sent.map((parts) => part(parts, 'fix'))).toEqual(verdict.issues.map(({ fix }) => fix))
    expect(sent.map((parts) => JSON.parse(part(parts, 'patch') ?? 'null'))).toEqual(
      verdict.issues.map(({ patch }) => patch),
    )
    expect(fixes).toMatchObject({
      fixed: 2,
      of: 3,
      rest: [{ rule: 'r4-code-not-in-value-set', patch: null }],
      beyond: 0,
    })
    const exchange = await jft.lastExchange()
    expect(exchange.issues.map(({ patch }) => patch)).toEqual(verdict.issues.map(({ patch }) => patch))
    expect(exchange.verdicts?.fixes).toEqual(fixes)
  })

  test('quote no real identity number: the patch that would is left out', () => {
    const number = realIdentityNumber()
    const checked = checkPayload(JSON.stringify({ ...note, subject: { identifier: { value: Number(number) } } }))
    expect(checked).toMatchObject({
      jft: { issues: [{ rule: 'r4-wrong-json-type', patch: null }] },
      fixes: { patch: null },
    })
    expect(JSON.stringify(checked)).not.toContain(number)
  })
})

interface Part {
  readonly url: string
  readonly valueString?: string
}
