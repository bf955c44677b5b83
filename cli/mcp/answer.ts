/** What a tool answers (Model Context Protocol, "Tools"): one text; `isError` where nothing could be said. */
export interface ToolAnswer {
  [member: string]: unknown
  content: { type: 'text'; text: string }[]
  isError?: boolean
}

/** A value as indented JSON. */
export function answer(value: unknown): ToolAnswer {
  return { content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value, null, 2) }] }
}

/** What `work` gives, or why it could not: an agent reads the reason, and the server continues. */
export async function answered(work: () => unknown): Promise<ToolAnswer> {
  try {
    return answer(await work())
  } catch (error) {
    return { ...answer(error instanceof Error ? error.message : String(error)), isError: true }
  }
}
