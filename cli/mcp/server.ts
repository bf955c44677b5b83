import { VERSION } from '../../simulator/index.ts'
import { addPackTools } from './pack-tools.ts'
import { addPayloadTools } from './payload-tools.ts'
import { McpServer, StdioServerTransport } from './sdk.ts'
import { addSimulatorTools, type RunningAt } from './simulator-tools.ts'

const INSTRUCTIONS = `Tools on the JFT simulator, a local stand-in for Norway's journaling service JFT, VKP and HelseID.
Check a payload before it is sent; ask why a request was rejected; each issue names its rule, source and certainty.
Use synthetic persons only.`

/** Serves tools to a coding agent on standard input and output, until the input ends. `main`: the command line program. */
export async function serveMcp(running: RunningAt, main: string): Promise<void> {
  const server = new McpServer({ name: 'jft-simulator', version: VERSION }, { instructions: INSTRUCTIONS })
  addPayloadTools(server)
  addSimulatorTools(server, running)
  addPackTools(server, main, running)
  await server.connect(new StdioServerTransport())
}
