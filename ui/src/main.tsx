import { draw } from './draw.tsx'

draw()
