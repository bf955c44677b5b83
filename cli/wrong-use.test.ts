import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isSampled } from '../simulator/sample.fixture.ts'
import { jftsimWith } from './jftsim.fixture.ts'

let folder: string
let before: readonly string[]

/** The files that the command lines name. */
const FILES = {
  'broken.json': '{',
  'list.json': '[]',
  'null.json': 'null',
  'text.json': '"x"',
  'prot.json': '{ "prot": 1 }',
  'port-text.json': '{ "port": "abc" }',
  'port-below.json': '{ "port": -1 }',
  'port-half.json': '{ "port": 1.5 }',
  'path.json': '{ "publicUrl": "http://a.example/b" }',
  'lax.json': '{ "auth": "lax", "assumptions": { "countMx": 1 } }',
  'nested.json': '{ "clients": [{ "clientId": "a", "nme": "x" }] }',
  'limits.json': '{ "limits": { "sandboxs": 1 } }',
  'note.json': '{ "resourceType": "Composition" }',
  'empty.yaml': '',
  'text.yaml': 'x',
  'target.yaml': 'name: x\nurls: {}\nmunicipality: 313231593\n',
  'status.yaml': pack('- search: { type: Composition }\n        expect: { status: "202" }'),
  'fault.yaml': pack('- fault: otage'),
  'rule.yaml': pack('- search: { type: Composition }\n        expect: { status: 400, issues: [jft-rat] }'),
  'requirement.yaml': pack('- search: { type: Composition }').replace('jft-swagger', 'jft-swager'),
} as const

function pack(step: string): string {
  return `pack: x
title: x
scenarios:
  - id: x-one
    title: x
    proves: [jft-swagger]
    steps:
      ${step}
`
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-wrong-use-'))
  mkdirSync(join(folder, 'empty'))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  before = readdirSync(folder, { recursive: true, encoding: 'utf8' })
})

afterAll(() => rmSync(folder, { recursive: true }))

/** What is typed, and what the answer has: the name that is wrong, and what was meant or is allowed. */
const WRONG: readonly (readonly [line: string, said: string])[] = [
  ['strat', "unknown command 'strat'\n(Did you mean start?)"],
  ['chek', 'Did you mean check?'],

  ['strat --help', "unknown command 'strat'\n(Did you mean start?)"],

  ['start --prot 1', "unknown option '--prot'\n(Did you mean --port?)"],
  ['start --port', "'--port <number>' argument missing"],
  ['start --port abc', "argument 'abc' is invalid. It must be a whole number from 0 to 65535."],
  ['start --port 70000', 'from 0 to 65535'],
  ['start --port -1', 'from 0 to 65535'],
  ['start --port 1.5', 'from 0 to 65535'],
  ['start --auth lax', 'Allowed choices are strict, relaxed.'],
  ['start --environment prd', 'Allowed choices are test, prod.'],
  ['start --public-url x', 'publicUrl: must be an http or https URL, such as https://jft.example'],
  ['start --public-url ftp://a.example', 'publicUrl: must be an http or https URL'],
  ['start --public-url http://a.example/b', 'publicUrl: must be scheme, host and port alone'],
  ['start --config missing.json', 'missing.json cannot be read'],
  ['start --config empty', 'empty cannot be read'],
  ['start --config broken.json', 'broken.json is not JSON'],
  ['start --config list.json', 'list.json must hold one JSON object of options, such as { "port": 7357 }.'],
  ['start --config null.json', 'null.json must hold one JSON object'],
  ['start --config text.json', 'text.json must hold one JSON object'],
  ['start --config prot.json', 'prot: There is no such option. Did you mean port?'],
  ['start --config port-text.json', 'port: Invalid input: expected number, received string'],
  ['start --config port-below.json', 'port: Too small'],
  ['start --config port-half.json', 'port: Invalid input: expected int'],
  ['start --config path.json', 'publicUrl: must be scheme, host and port alone'],
  ['start --config lax.json', 'auth: Invalid option: expected one of "strict"|"relaxed"'],
  ['start --config lax.json', 'assumptions.countMx: There is no such option. Did you mean countMax?'],
  ['start --calibration missing.json', 'missing.json cannot be read'],
  ['start --store mysql://x', 'It must be the URL of a PostgreSQL: postgres://user:password@host:5432/database.'],
  ['start --data kept --store postgres://x', "'--store <url>' cannot be used with option '--data <dir>'"],
  ['start --admin-token x', 'It must have 8 or more visible ASCII characters'],
  ['start --parent-pid abc', 'It must be the id of a process.'],
  ['start --parent-pid 999999999', '--parent-pid 999999999: there is no process with that id.'],
  ['start --ready-file no/such/file', '--ready-file no/such/file cannot be written'],
  ['start --data note.json', 'note.json cannot be the folder that everything is kept in'],
  ['start --data note.json/x', 'note.json/x cannot be the folder'],
  ['start --data ', "option '--data <dir>' argument '' is invalid. It must not be empty."],
  ['start --ready-file ', 'It must not be empty.'],
  ['start --ready-file empty', '--ready-file empty cannot be written'],
  ['start --host ', 'It must not be empty.'],
  ['start --port ', "argument '' is invalid. It must be a whole number"],
  ['start --port 65536', 'from 0 to 65535'],
  ['start --port 7357 --port 7x', "argument '7x' is invalid"],
  ['start --filter x', "unknown option '--filter'\n(add --help for the options)"],
  ['start --config nested.json', 'clients.0: There is no field nme. Did you mean name?'],
  ['start --config limits.json', 'limits.sandboxs: There is no such option. Did you mean sandboxes?'],
  ['start more', "too many arguments for 'start'"],

  ['token --orgnr', 'argument missing'],
  ['token --ulr http://localhost:1', 'Did you mean --url?'],
  ['token --url localhost:7357', 'It must be an http or https URL. Did you mean http://localhost:7357?'],
  ['token --url http://localhost:1', 'No simulator answers at http://localhost:1. Start one with "jftsim start"'],
  ['token --orgnr 31', "argument '31' is invalid. It must be an organisation number of nine digits"],
  ['token --curl PSOT /v1/x', '--curl: There is no method PSOT. Did you mean POST?'],
  ['token --curl GET v1/x', '--curl: the path must begin with a slash, such as /v1/Composition, and is "v1/x".'],
  ['token --curl POST', '--curl: name the path too'],

  ['check', "missing required argument 'path'"],
  ['check --fxi note.json', 'Did you mean --fix?'],
  ['check --report html note.json', 'Allowed choices are sarif, junit, json.'],
  ['check --json --report junit note.json', "cannot be used with option '--json'"],
  ['check --sdk 7 --second-opinion note.json', 'Allowed choices are 5, 6.'],
  ['check --offset x note.json', '--offset x is neither an offset, such as +01:00 or Z, nor a time zone'],
  ['check --config prot.json note.json', 'prot: There is no such option. Did you mean port?'],
  ['check ', 'A file without a name cannot be read'],
  ['check missing.json', 'missing.json cannot be read'],
  ['check empty', 'There is no *.json below empty.'],

  ['generate', "missing required argument 'kind'"],
  ['generate nots', 'There is no kind nots. Did you mean note?'],
  ['generate note --cuont 1', 'Did you mean --count?'],
  ['generate note --count abc', 'It must be a whole number from 0'],
  ['generate note --seed x', 'It must be a whole number from 0'],
  ['generate note --spoil empty-txt', 'There is no spoiler empty-txt. Did you mean empty-list?'],
  ['generate note --out note.json', 'note.json cannot be written'],
  ['generate note --out a --post http://localhost:1', "cannot be used with option '--post <url>'"],
  ['generate note --post localhost:7357', 'Did you mean http://localhost:7357?'],
  ['generate note --post http://localhost:1', 'No simulator answers at http://localhost:1.'],
  ['generate note --out ', 'It must not be empty.'],
  ['generate note --orgnr 1 --post http://localhost:1', 'It must be an organisation number of nine digits'],
  ['generate note --rate 0', 'It must be a number above 0, 10000 at most.'],

  ['rules --jsn', 'Did you mean --json?'],
  ['rules --config prot.json', 'Did you mean port?'],
  ['documents vkp-revers-proxy', 'Did you mean vkp-reverse-proxy?'],

  ['run --fitler x', 'Did you mean --filter?'],
  ['run jft-wirte', 'There is no pack jft-wirte, nor a file of that name. Did you mean jft-write?'],
  ['run empty', 'There is no pack, *.yaml, in the folder empty.'],
  ['run empty.yaml', 'empty.yaml:1:1: It is empty.'],
  ['run text.yaml', 'text.yaml:1:1: It must be keys with values, `key: value`, and is a text.'],
  ['run status.yaml', 'It must be a status as a number, without quotes, a class such as 4xx, or any.'],
  ['run fault.yaml', 'otage'],
  ['run rule.yaml', 'jft-rate'],
  ['run requirement.yaml', 'There is no requirement jft-swager. Did you mean jft-swagger?'],
  ['run --repeat x', 'It must be a whole number from 1.'],
  ['run --repeat 0', 'It must be a whole number from 1.'],
  ['run --parallel 0', 'It must be a whole number from 1.'],
  ['run --seed', 'argument missing'],
  ['run --shard 4/3', '--shard 4/3: it must be a part of a whole, such as 1/3 for the first of three.'],
  ['run --report pdf=x', 'There is no format pdf. There are html,'],
  ['run --report html', '--report html: name a file, for example html=report.html.'],
  ['run --report html=note.json/x.html', 'note.json/x.html cannot be written'],
  ['run --report html=empty', 'empty cannot be written'],
  ['run --url localhost:7357', 'Did you mean http://localhost:7357?'],
  ['run --url http://localhost:1', 'No simulator answers at http://localhost:1. Start one with "jftsim start".'],
  ['run --url http://localhost:1 --target target.yaml', "cannot be used with option '--target <file>'"],
  ['run --target missing.yaml', 'missing.yaml cannot be read'],
  ['run --target target.yaml', 'municipality: It must be a text: write "313231593".'],
  ['run --language de', 'Allowed choices are en, nb.'],
  ['run --waivers text.yaml', 'text.yaml:1:1: It must be keys with values'],
  ['run --filter nothing-like-it', 'No scenario has the text nothing-like-it in its id, title or requirements.'],
  ['run --tag nothing-like-it', 'No scenario has the tag nothing-like-it.'],
  ['run --filter ', 'It must not be empty.'],
  ['run --last-failed', '--last-failed: there was no run in this folder'],

  ['verify', "missing required argument 'pack'"],
  ['verify ehr', 'Give the program after --, or --wait for one that runs elsewhere.'],
  ['verify eh -- node', 'There is no pack eh, nor a file of that name. Did you mean ehr?'],
  ['verify ehr --evnts 3 -- node', 'Did you mean --events?'],
  ['verify ehr --events abc -- node', 'It must be a whole number from 0.'],
  ['verify ehr --within x -- node', 'It must be a time such as 90s, 5m or PT5M.'],
  ['verify ehr --wait -- node', '--wait replaces a command.'],
  ['verify ehr --report pdf=x -- node', 'There is no format pdf.'],
  ['verify ehr --report junit=note.json/x.xml -- node', 'note.json/x.xml cannot be written'],
  ['verify ehr --url localhost:7357 -- node', 'Did you mean http://localhost:7357?'],
  ['verify ehr -- ', 'The program after -- has no name.'],
  ['verify ehr -- no-such-program', 'no-such-program cannot be started'],

  ['compare note.json', "missing required argument 'report'"],
  ['compare a.json b.json', 'a.json cannot be read'],
  ['compare note.json note.json', 'note.json is not a report of "jftsim run" or "jftsim verify"'],
  ['coverage jft-raed', 'Did you mean jft-read?'],
  ['mutate --deviatons', 'Did you mean --deviations?'],
  ['mcp --url localhost:7357', 'Did you mean http://localhost:7357?'],
  ['doctor --port x', '--port must be a whole number from 1 to 65535.'],
  ['hosts --apply --remove', '--apply and --remove exclude each other.'],
  ['hosts --file missing --remove --yes', 'missing cannot be read'],
  ['calibrate', 'Give the environment with --target FILE, or files with --merge.'],
  ['calibrate --only countMx --target target.yaml', 'There is no setting countMx. Did you mean countMax?'],
  ['calibrate --per-minute 0', 'It must be a whole number from 1'],
  ['calibrate --also rate', 'Allowed choices are rates.'],
  ['record', "required option '--target <file>' not specified"],
  ['record --target missing.yaml', 'missing.yaml cannot be read'],
  ['import note.json', "required option '--out <file>' not specified"],
  ['import note.json --out case.json', 'note.json: log'],
  ['replay missing.json', 'missing.json cannot be read'],
  ['replay note.json', 'note.json is not a case file'],
  ['completion ksh', 'Allowed choices are zsh, bash, fish, powershell.'],
]

describe.concurrent('wrong use ends with 2 and says what is wrong, and nothing is begun', () => {
  test.each(WRONG.filter(([line]) => isSampled(line, 12)))('jftsim %s', async (line, said) => {
    const { code, stdout, stderr } = await jftsimWith({}, folder, ...line.split(' '))
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(said) })
  })
})

describe.concurrent('a wrong environment variable ends with 2 and its name', () => {
  test.each([
    ['JFTSIM_AUTH', 'Strict', 'Allowed choices are strict, relaxed.'],
    ['JFTSIM_DATA', '', "value '' from env 'JFTSIM_DATA' is invalid. It must not be empty."],
    ['JFTSIM_DATA', 'note.json', 'note.json cannot be the folder'],
    ['JFTSIM_PUBLC_URL', 'http://a.example', 'Did you mean JFTSIM_PUBLIC_URL?'],
    ['jftsim_port', '1', 'There is no environment variable jftsim_port. Did you mean JFTSIM_PORT?'],
    ['JFTSIM_HAND_OUT_KEYS', 'maybe', 'JFTSIM_HAND_OUT_KEYS must be true or false, not "maybe".'],
    ['JFTSIM_HTTPS', '', 'JFTSIM_HTTPS must be true or false, not "".'],
  ])('%s=%s', async (name, value, said) => {
    const { code, stdout, stderr } = await jftsimWith({ [name]: value }, folder, 'start', '--ephemeral', '--port', '0')
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(said) })
  })
})

test('none of them has left a file', () => {
  expect(readdirSync(folder, { recursive: true, encoding: 'utf8' })).toEqual(before)
})
