import { request } from 'node:http'
import { kill, type Started, startProcess } from './support/processes.ts'
import { typeOf, WORST } from './support/worst.ts'

/*
 * How long a small request waits while another client posts the worst bodies of some 900 kB, at JFT, at VKP and at the check
 * of the control API: `npm run bench -- beside`, of the built simulator in a process of its own. Longest wait of those that
 * were sent while the large one was answered, in milliseconds of the clock; run alone on the machine.
 */

const PORT = 7470
const ROUNDS = 3
const HEADERS = { 'content-type': 'application/json', 'jftsim-municipality': '313231593', servicecodes: 'ta' }

function call(method: string, path: string, body?: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ port: PORT, method, path, headers: HEADERS }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/** The longest wait of small requests, one after the other, until the large one has its answer. */
async function longestWait(large: Promise<number>): Promise<number> {
  let isOver = false
  void large.finally(() => {
    isOver = true
  })
  let longest = 0
  while (!isOver) {
    const began = performance.now()
    await call('GET', '/_sim/clock')
    longest = Math.max(longest, performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return longest
}

async function waitBeside(path: string, body: Buffer) {
  let wait = 0
  let answer = 0
  let status = 0
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    const large = call('POST', path, body)
    wait = Math.max(wait, await longestWait(large))
    status = await large
    answer = Math.max(answer, performance.now() - began)
  }
  return { status, wait: Math.round(wait), answer: Math.round(answer) }
}

async function measure(running: Started): Promise<void> {
  const table: Record<string, Record<string, number>> = {}
  for (const [name, text] of Object.entries(WORST)) {
    const body = Buffer.from(text)
    const type = typeOf(text)
    const jft = await waitBeside(`/write/v1/${type}`, body)
    const vkp = await waitBeside(`/vkp/epj/r4/313231593/${type.toLowerCase()}`, body)
    const check = await waitBeside('/_sim/check', body)
    table[name] = {
      'JFT, status': jft.status,
      'other waits': jft.wait,
      answer: jft.answer,
      'VKP, status': vkp.status,
      'other waits ': vkp.wait,
      'answer ': vkp.answer,
      'check, other waits': check.wait,
      'answer  ': check.answer,
    }
  }
  console.table(table)
  await kill(running)
}

await measure(await startProcess(PORT))
