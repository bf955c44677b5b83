import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { CLI } from './paths.mjs'

const ADDRESS = /http:\/\/localhost:\d+(?=\/helseid)/

/**
 * Does work with a simulator of its own, as it is built, which ends with the work.
 * @template T
 * @param {(base: string) => Promise<T>} work `base`: its URL, without a slash at the end
 * @returns {Promise<T>}
 */
export async function withSimulator(work) {
  const simulator = spawn(process.execPath, [CLI, 'start', '--port', '0', '--ephemeral'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    return await work(await addressOf(simulator.stdout))
  } finally {
    simulator.kill()
  }
}

/** @param {NodeJS.ReadableStream} output of a simulator that starts */
async function addressOf(output) {
  for await (const line of createInterface({ input: output })) {
    const [address] = ADDRESS.exec(line) ?? []
    if (address !== undefined) return address
  }
  throw new Error('The simulator ended before it said where it is.')
}
