import { draw } from './shell/draw.tsx'

draw()
