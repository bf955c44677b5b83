import { Button } from '@digdir/designsystemet-react'
import { requirementTexts } from '../../../scenarios/reports/report.ts'
import { download } from '../parts/download.ts'
import type { RunState } from './runs.ts'
import { REQUIREMENT_FILES } from './shipped.ts'
import { type OpenPack, reportOn } from './tree.ts'
import { words } from './words.ts'

/** The formats of a report, with how their files end and what they are. */
const FILES = {
  html: ['html', 'text/html'],
  junit: ['junit.xml', 'application/xml'],
  json: ['json', 'application/json'],
  'test-report': ['test-report.json', 'application/fhir+json'],
} as const

type Format = keyof typeof FILES

interface DownloadsProps {
  readonly packs: readonly OpenPack[]
  readonly state: RunState
}

/** The report on all results that there are, to download. */
export function Downloads({ packs, state }: DownloadsProps) {
  if (state.running || state.results.size === 0) return null
  const save = async (format: Format) => {
    const report = reportOn(packs, state, requirementTexts(REQUIREMENT_FILES))
    const { FORMATS } = await import('../../../scenarios/reports/formats.ts')
    const [ending, type] = FILES[format]
    if (report) download(`jft-contract.${ending}`, new Blob([FORMATS[format]?.(report) ?? ''], { type }))
  }
  return (
    <div className="actions">
      <span className="quiet">{words.download}</span>
      {(Object.keys(FILES) as Format[]).map((format) => (
        <Button
          key={format}
          data-size="sm"
          variant="secondary"
          data-color="neutral"
          aria-label={`${words.download} ${words.downloads[format]}`}
          onClick={() => save(format)}
        >
          {words.downloads[format]}
        </Button>
      ))}
    </div>
  )
}
