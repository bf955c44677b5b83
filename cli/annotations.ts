import { headlineOf } from '../scenarios/reports/outcome.ts'
import type { Report } from '../scenarios/reports/report.ts'
import type { ScenarioResult } from '../scenarios/runner/result.ts'

/** Lines by which the CI system that runs this shows what failed; none elsewhere. */
export function annotationsOf({ scenarios }: Report, env: NodeJS.ProcessEnv): string[] {
  const failed = scenarios.filter(({ outcome }) => outcome === 'failed')
  if (env.GITHUB_ACTIONS) return failed.map(forGithub)
  return env.TF_BUILD ? failed.map(forAzure) : []
}

/** A workflow command of GitHub Actions; what would end it or a part of it is percent-encoded. */
function forGithub(result: ScenarioResult): string {
  const { pack, id, file, line } = result
  const properties = { file, line: String(line), title: `${pack}/${id}` }
  const listed = Object.entries(properties).map(
    ([name, value]) => `${name}=${encoded(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  )
  return `::error ${listed.join(',')}::${encoded(headlineOf(result))}`
}

/** A logging command of Azure Pipelines; the message goes to the end of the line. */
function forAzure(result: ScenarioResult): string {
  const { pack, id, file, line } = result
  const message = encoded(`${pack}/${id}: ${headlineOf(result)} (${file}:${line})`).replaceAll('%25', '%AZP25')
  return `##vso[task.logissue type=error]${message}`
}

function encoded(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
