/** What the server is made of; bundled into one file, since the SDK brings a web framework and some 90 packages. */
export { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
export { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
