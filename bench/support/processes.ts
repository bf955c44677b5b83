import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, request, type Server } from 'node:http'
import { CLI } from '../../scripts/paths.mjs'

/** A simulator in a process of its own. */
export interface Started {
  readonly process: ChildProcess
  readonly port: number
  /** Milliseconds from the start to the first screen. */
  readonly took: number
}

/** Starts the built simulator on a port; rejects with what it said where it ends instead. */
export function startProcess(port: number, ...args: string[]): Promise<Started> {
  const began = performance.now()
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(
    process.execPath,
    [CLI, 'start', '--ephemeral', '--auth', 'relaxed', '--port', String(port), ...args],
    { env },
  )
  return new Promise((resolve, reject) => {
    let said = ''
    const read = (part: Buffer) => {
      said += part.toString()
      if (said.includes('Dashboard: ')) resolve({ process: child, port, took: performance.now() - began })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)))
  })
}

/** Ends a process at once, as a crash does. */
export function kill({ process: child }: Started): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

/** A plain round-robin proxy: where nobody listens at one port, the next is asked; where an answer breaks off, so does ours. */
export function roundRobin(ports: readonly number[]): Promise<{ readonly server: Server; readonly port: number }> {
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => attempt(Buffer.concat(parts), ports.length))
    const attempt = (body: Buffer, left: number) => {
      turn += 1
      const { method, url, headers } = incoming
      const to = { host: '127.0.0.1', port: ports[turn % ports.length], method, path: url, headers }
      const onward = request(to, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.on('error', () => outgoing.destroy())
        answer.pipe(outgoing)
      })
      onward.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED' && left > 1) attempt(body, left - 1)
        else outgoing.destroy()
      })
      onward.end(body)
    }
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address ? address.port : 0 })
    })
  })
}
