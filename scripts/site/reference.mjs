import { CLI, inRoot } from '../paths.mjs'
import { capture } from '../process.mjs'

/** @typedef {{ certainty: string, source: string }} Source */
/** @typedef {{ id: string, code?: string, title: string, fix: string, sources: Record<string, Source> }} Rule */
/** @typedef {{ name: string, default: unknown, question: string, reasoning: string }} Setting */

/**
 * The reference that the program knows itself: file name and text.
 * @returns {Promise<[string, string][]>}
 */
export async function referencePages() {
  const { rules, settings } = await fetched('/_sim/rules')
  const { paths } = await fetched('/_sim/openapi.json')
  return [
    ['options.md', `# Options of each command\n\n${(await helps()).join('\n')}`],
    ['rules.md', rulesPage(rules)],
    ['settings.md', settingsPage(settings)],
    ['endpoints.md', endpointsPage(paths)],
  ]
}

/** @param {string} path of a simulator that is not listening */
async function fetched(path) {
  const { createSimulator } = await import(inRoot('dist', 'simulator', 'index.js'))
  const answer = await createSimulator().fetch(new Request(`http://localhost:7357${path}`))
  return answer.json()
}

async function helps() {
  const { output } = await capture(process.execPath, [CLI, '--help'])
  const names = output.slice(output.indexOf('Commands:')).match(/^ {2}[a-z]+/gm) ?? []
  const commands = names.map((name) => name.trim()).filter((name) => name !== 'help')
  return Promise.all(
    commands.map(async (name) => {
      const help = await capture(process.execPath, [CLI, name, '--help'])
      return `## ${name}\n\n\`\`\`text\n${help.output.trimEnd()}\n\`\`\`\n`
    }),
  )
}

/** @param {readonly Rule[]} rules */
function rulesPage(rules) {
  const parts = rules.map(({ id, code, title, fix, sources }) => {
    const by = Object.entries(sources).map(
      ([service, { certainty, source }]) => `- ${service}, ${certainty}: ${text(source)}`,
    )
    return `## ${id}\n\n${text(title)}${code === undefined ? '' : ` (${text(code)})`}\n\n${by.join('\n')}\n\n${text(fix)}\n`
  })
  return `# Rules\n\n${parts.join('\n')}`
}

/** @param {readonly Setting[]} settings */
function settingsPage(settings) {
  const parts = settings.map(
    ({ name, default: preset, question, reasoning }) =>
      `## ${name}\n\n${text(question)}\n\nDefault: ${text(JSON.stringify(preset))}. ${text(reasoning)}\n`,
  )
  return `# Settings\n\nWhere no document says what a service does: \`assumptions\`.\n\n${parts.join('\n')}`
}

/** @param {Record<string, Record<string, { summary?: string }>>} paths */
function endpointsPage(paths) {
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { summary = '' }]) => `| \`${method.toUpperCase()} ${path}\` | ${text(summary)} |`,
    ),
  )
  return `# Endpoints of the control API\n\n| below \`/_sim\` | |\n|---|---|\n${rows.join('\n')}\n`
}

/** What Markdown and Vue would take for markup, as it is. @param {string} words */
function text(words) {
  return words.replace(/[\\`*_{}[\]<>|#&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
