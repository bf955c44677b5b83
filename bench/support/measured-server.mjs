import { startServer } from '../../dist/simulator/adapters/entry.js'

/** The built simulator in a process of its own, which says how much processor time it has used, all its threads together. */
const { url, close } = await startServer({ port: 0, auth: 'relaxed' })
process.on('message', (asked) => {
  if (asked === 'end') void close().then(() => process.exit(0))
  else {
    const { user, system } = process.cpuUsage()
    process.send?.((user + system) / 1000)
  }
})
process.send?.(url)
