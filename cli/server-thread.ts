import { parentPort, workerData } from 'node:worker_threads'
import { startServer } from '../simulator/adapters/node.ts'
import type { SimulatorInput } from '../simulator/index.ts'

/**
 * A simulator in a thread of its own, so that whoever calls it has a core for itself. Says the base URLs when it listens;
 * any message ends it.
 */
const { simulator, close } = await startServer(workerData as SimulatorInput)
parentPort?.once('message', () => void close().then(() => process.exit(0)))
parentPort?.postMessage(simulator.world.net.origins.local)
