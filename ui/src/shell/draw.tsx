import '@digdir/designsystemet-css/theme.css'
import './design-system.css'
import './page.css'
import './media.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { text } from '../text/text.ts'
import { App } from './app.tsx'
import { applyTheme } from './theme.ts'

const client = new QueryClient({
  defaultOptions: {
    // The stream says what changed. The simulator is on this machine, so the browser's notion of "offline" is nothing.
    queries: {
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: 1,
      // Lists are long, and merged here: comparing them deeply would cost more than drawing what can be seen.
      structuralSharing: false,
    },
    mutations: { networkMode: 'always' },
  },
})

/** Draws the page in the chosen theme and language; `above` goes over it. */
export function draw(above?: ReactNode): void {
  applyTheme()
  document.documentElement.lang = text.lang
  createRoot(document.getElementById('root') ?? document.body).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        {above}
        <App />
      </QueryClientProvider>
    </StrictMode>,
  )
}
