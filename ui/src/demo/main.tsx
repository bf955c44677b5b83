import { draw } from '../shell/draw.tsx'
import { DemoBanner } from './banner.tsx'
import { startInPage } from './in-page.ts'
import { demoText } from './text.ts'

try {
  await startInPage()
  draw(<DemoBanner />)
} catch (error) {
  document.body.textContent = demoText.notStarted(String(error))
}
