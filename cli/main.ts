#!/usr/bin/env node
import { jftsim } from './jftsim.ts'

await jftsim(process.argv.slice(2))
