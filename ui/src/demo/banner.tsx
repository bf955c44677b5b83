import './banner.css'
import { demoText } from './text.ts'

/** Says that the simulator is in the page, and what that means for what one does with it. */
export function DemoBanner() {
  return (
    <aside className="demo-banner" aria-label={demoText.label}>
      <strong>{demoText.lead}</strong> {demoText.fresh}
    </aside>
  )
}
