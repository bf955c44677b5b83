import { expect } from 'vitest'
import { noteFactory } from '../../../../fixtures/index.ts'
import type { KeyChain } from '../../../ground/keys.ts'
import type { Platform } from '../../../ground/platform.ts'
import { READY_MADE_VKP_ID } from '../../../services/clients/ready-made-clients.ts'
import { createSimulator } from '../../../simulator.ts'
import { createSigningKeys } from '../../../state/memory/keys.ts'
import type { SimulatorInput } from '../../../state/options.ts'
import type { CaseFile, CaseReplay } from '../types.ts'

export const MUNICIPALITY = '313231593'
const PROXIED = '312229544'
export const NOTE = noteFactory.build()
/** A sandbox whose every answer can be foreseen. */
export const FROZEN = { name: 'one', seed: 'a', frozenAt: '2030-01-01T12:00:00Z' }

/** The keys of the simulator where a case is written, by their names. */
export const KEYS = new Map<string, KeyChain[string]>()

/** Two simulators that share no key: where a case is written, and where it is opened. */
const HERE = createSigningKeys({}, (name, key) => {
  KEYS.set(name, key)
  return key
})
const THERE = createSigningKeys()

interface Target {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly audience?: string
  readonly orgnr?: string
  readonly token?: Readonly<Record<string, unknown>>
}

/** Calls the sandbox at `base` with tokens of its test token service; remembers what they were. */
export function client(base: string, input: SimulatorInput = {}, platform: Platform = { keys: HERE }) {
  const simulator = createSimulator(input, platform)
  const tokens: string[] = []
  const fetch = (path: string, init?: RequestInit) =>
    simulator.fetch(new Request(path.startsWith('http') ? path : base + path, init))
  const post = (path: string, body: unknown) => fetch(path, { method: 'POST', body: JSON.stringify(body) })
  const tokenFor = async (fields: Readonly<Record<string, unknown>>) => {
    const answer = await post('/ttt/v2/create-test-token-with-key', { withoutDefaultUserClaims: true, ...fields })
    const { successResponse } = (await answer.json()) as { successResponse: Record<string, string | null> }
    const accessTokenJwt = successResponse.accessTokenJwt ?? ''
    const dPoPProof = successResponse.dPoPProof ?? ''
    tokens.push(accessTokenJwt, dPoPProof)
    return { accessTokenJwt, dPoPProof }
  }
  const send = (
    path: string,
    { method = 'GET', body, headers = {} }: Target,
    auth: Readonly<Record<string, string>>,
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const sent = { 'content-type': 'application/json', ...headers, ...auth }
    return fetch(path, { method, headers: sent, ...(body === undefined ? {} : { body: text }) })
  }
  const jft = async (path: string, target: Target = {}) => {
    const url = (path.startsWith('http') ? path : base + path).replace(/\?.*$/, '')
    const { accessTokenJwt, dPoPProof } = await tokenFor({
      audience: target.audience ?? 'nhn:jft',
      createDPoPTokenWithDPoPProof: true,
      dPoPProofParameters: { htuClaimValue: url, htmClaimValue: target.method ?? 'GET' },
      clientClaimsParameters: {
        scope: ['nhn:jft/api'],
        orgnrParent: target.orgnr ?? MUNICIPALITY,
        clientName: 'Bruno',
      },
    })
    return send(path, target, { authorization: `DPoP ${accessTokenJwt}`, dpop: dPoPProof })
  }
  const vkp = async (path: string, target: Target) => {
    const { accessTokenJwt } = await tokenFor({
      audience: 'nhn:vkp',
      clientClaimsParameters: {
        scope: ['composition.write', 'patient.read'].map((name) => `nhn:vkp/api/user/${name}`),
      },
      apiSpecificClaims: [{ type: 'nhn:vkp/client/claims/vkp-id', value: READY_MADE_VKP_ID }],
    })
    return send(`/vkp/epj/r4/${path}`, { method: 'POST', ...target }, { authorization: `Bearer ${accessTokenJwt}` })
  }
  const exported = async () => (await (await fetch('/_sim/case')).json()) as CaseFile
  return { base, fetch, post, jft, vkp, send, exported, tokens }
}

export const ROOT = 'http://localhost:7357'

/** Makes the sandbox `one`, and calls it. */
export async function sandbox(spec: Readonly<Record<string, unknown>>) {
  const one = client(`${ROOT}/s/one`)
  const answer = await one.post(`${ROOT}/_sim/sandboxes`, { name: 'one', ...spec })
  expect(answer.status, await answer.clone().text()).toBe(201)
  return one
}

type Client = ReturnType<typeof client>

/** What a vendor and an EHR do to each other, refusals included. */
export async function story(one: Client) {
  for (let n = 0; n < 3; n += 1) {
    const headers = { 'nhn-source-system': 'Bruno V0.1.2' }
    expect((await one.jft('/write/v1/Composition', { method: 'POST', body: NOTE, headers })).status).toBe(202)
  }
  const bundle = await one.jft('/read/v1/Composition?_count=2')
  const { entry, link } = (await bundle.json()) as {
    entry: { resource: { id: string } }[]
    link: { relation: string; url: string }[]
  }
  const next = link.find(({ relation }) => relation === 'next')?.url ?? ''
  expect((await one.jft(next)).status).toBe(200)
  const path = `v1/Composition/${entry[0]?.resource.id}`
  expect((await one.jft(`/write/${path}/$journaling-acknowledged`, { method: 'POST' })).status).toBe(202)
  expect((await one.jft(`/read/${path}/$status`)).status).toBe(200)
  expect((await one.jft('/read/v1/Composition?_tag=true')).status).toBe(200)
  expect((await one.jft('/write/v1/Composition', { method: 'POST', body: { ...NOTE, status: 7 } })).status).toBe(400)
  expect((await one.jft('/read/v1/Bundle', { audience: 'nhn:other' })).status).toBe(401)
  expect((await one.fetch('/read/v1/Bundle')).status).toBe(401)
  expect((await one.vkp(`${PROXIED}/composition`, { body: NOTE })).status).toBe(200)
  expect((await one.jft('/read/v1/Composition', { orgnr: PROXIED })).status).toBe(200)
  expect((await one.vkp(`${MUNICIPALITY}/composition`, { body: NOTE })).status).toBe(200)
  expect((await one.fetch(`/ehr/journal/${MUNICIPALITY}`)).status).toBe(200)
}

/** Opens a case in a simulator with other keys. */
export async function open(file: unknown) {
  const there = client('http://127.0.0.1:7400', { port: 7400 }, { keys: THERE })
  const answer = await there.post('/_sim/case', file)
  return { there, answer, text: await answer.clone().text() }
}

/** The same, and what was replayed of it. */
export async function replay(file: unknown) {
  const { there, answer, text } = await open(file)
  expect(answer.status, text).toBe(201)
  return { there, ...(JSON.parse(text) as CaseReplay) }
}
