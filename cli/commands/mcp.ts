import { Command } from 'commander'
import { adminTokenOption } from '../admin-token.ts'
import { readUrl } from '../read-url.ts'

/** `jftsim mcp`: the simulator's tools for coding agents. */
export function mcp(): Command {
  return new Command('mcp')
    .description('Serve tools for coding agents (Model Context Protocol) on standard input and output')
    .option(
      '--url <url>',
      'the running simulator that tools on requests, sandboxes, clock and faults use',
      readUrl,
      'http://localhost:7357',
    )
    .addOption(adminTokenOption())
    .action(async ({ url, adminToken }: { readonly url: string; readonly adminToken?: string }) => {
      const { serveMcp } = await import('../mcp/server.ts')
      await serveMcp({ url, adminToken }, process.argv[1] ?? '')
    })
}
