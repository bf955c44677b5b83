import '@digdir/designsystemet-css/theme.css'
import './design-system.css'
import './page.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { text } from './text.ts'
import { applyTheme } from './theme.ts'

applyTheme()
document.documentElement.lang = text.lang

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
  },
})

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
