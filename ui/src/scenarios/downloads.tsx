import { Button } from '@digdir/designsystemet-react'
import { REPORT_FORMAT_NAMES, REPORT_FORMATS, type ReportFormat } from '../../../scenarios/reports/format-names.ts'
import { requirementTexts } from '../../../scenarios/reports/report.ts'
import { download } from '../parts/download.ts'
import { REQUIREMENT_FILES } from './requirements.ts'
import type { RunState } from './runs.ts'
import { type OpenPack, reportOn } from './tree.ts'
import { words } from './words.ts'

interface DownloadsProps {
  readonly packs: readonly OpenPack[]
  readonly state: RunState
}

/** The report on all results that there are, to download. */
export function Downloads({ packs, state }: DownloadsProps) {
  if (state.running || state.results.size === 0) return null
  const save = async (format: ReportFormat) => {
    const report = reportOn(packs, state, requirementTexts(REQUIREMENT_FILES))
    const { written } = await import('../../../scenarios/reports/formats.ts')
    const { ending, type } = REPORT_FORMATS[format]
    if (report) download(`jft-contract.${ending}`, new Blob([await written(format, report)], { type }))
  }
  return (
    <div className="actions">
      <span className="quiet">{words.download}</span>
      {REPORT_FORMAT_NAMES.map((format) => (
        <Button
          key={format}
          data-size="sm"
          variant="secondary"
          data-color="neutral"
          aria-label={`${words.download} ${REPORT_FORMATS[format].title}`}
          onClick={() => void save(format)}
        >
          {REPORT_FORMATS[format].title}
        </Button>
      ))}
    </div>
  )
}
