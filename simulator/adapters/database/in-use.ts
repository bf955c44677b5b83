import { createHash, randomUUID } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** Another process has the folder open. */
export class FolderInUseError extends Error {
  constructor(folder: string) {
    super(`${folder} is in use by another simulator. Stop that one, or give this one a folder of its own.`)
    this.name = 'FolderInUseError'
  }
}

/** The folder cannot be made, or is none. */
export class FolderError extends Error {
  constructor(folder: string, why: string) {
    super(`${folder} cannot be the folder that everything is kept in: ${why}`)
    this.name = 'FolderError'
  }
}

/** Milliseconds in which a process that has found the same dead socket would have put its own in the place of ours. */
const SETTLING = 100

/**
 * Keeps a folder to this process, by a socket that the system closes with it, however it ends: what a file says outlives its
 * writer, and a process number is given again. Rejects with a `FolderInUseError`; resolves to the release.
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const path = socketOf(folder)
  const token = randomUUID()
  const server = (await listen(path, token)) ?? (await takeOver(folder, path, token))
  server.unref()
  return () => new Promise((resolve) => server.close(() => resolve()))
}

/** Paths of sockets are short (sun_path has 104 characters on macOS), and a named pipe of Windows lies in no folder. */
function socketOf(folder: string): string {
  const real = realpathSync(folder)
  const inFolder = join(real, 'in-use.sock')
  if (process.platform !== 'win32' && Buffer.byteLength(inFolder) < 100) return inFolder
  const name = `jftsim-${createHash('sha256').update(real).digest('hex').slice(0, 32)}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

async function takeOver(folder: string, path: string, token: string): Promise<Server> {
  if ((await whoHas(path)) !== undefined) throw new FolderInUseError(folder)
  rmSync(path, { force: true })
  const server = await listen(path, token)
  if (!server) throw new FolderInUseError(folder)
  await wait(SETTLING)
  if ((await whoHas(path)) === token) return server
  server.close()
  throw new FolderInUseError(folder)
}

/** `undefined`: there is something at that path. */
function listen(path: string, token: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.end(token)
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(path, () => resolve(server))
  })
}

/** The token of the process that listens there; `undefined`: none does. */
function whoHas(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path)
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
    })
    socket.on('end', () => resolve(text))
    // A process that is too busy to answer is alive all the same.
    socket.setTimeout(2_000, () => {
      socket.destroy()
      resolve(text)
    })
    socket.on('error', () => resolve(undefined))
  })
}
