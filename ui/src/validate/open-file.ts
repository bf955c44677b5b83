import { api, type Issue } from '../data/api.ts'

/** A file that was dropped: its text, or why it has none. */
export type OpenedFile =
  | { readonly text: string; readonly issues?: never }
  | { readonly issues: readonly Issue[]; readonly text?: never }

/** Decodes a file as the service does. Bytes that are not UTF-8 are shown to the simulator, which says where and why. */
export async function openFile(file: Blob): Promise<OpenedFile> {
  const bytes = await file.arrayBuffer()
  const text = decoded(bytes)
  if (text !== undefined && !text.includes('\0')) return { text }
  const { jft } = await api.check(bytes)
  return { issues: jft.issues }
}

function decoded(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
