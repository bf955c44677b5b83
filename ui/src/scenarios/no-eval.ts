import { z } from 'zod'

// The page's policy forbids eval; zod would try it for speed, and the browser would report the attempt.
z.config({ jitless: true })
