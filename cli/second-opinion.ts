import { readFileSync } from 'node:fs'
import { Library } from '../conformance/library/library.ts'
import {
  acceptsLeniently,
  acceptsStrictly,
  type FirelyMajor,
  type Opinion,
  type Versions,
} from '../conformance/library/opinion.ts'
import { LibraryUnavailable } from '../conformance/library/program.ts'
import { type CheckOptions, checkPayload } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { tell } from './print.ts'
import type { CheckedFile } from './reports/report-file.ts'
import type { SecondOpinion } from './reports/second-opinion.ts'

/** Asks the real library about each file, in their order. Throws a `CliError` where it cannot be asked. */
export async function secondOpinions(
  files: readonly CheckedFile[],
  options: CheckOptions,
  sdk: FirelyMajor,
): Promise<readonly SecondOpinion[]> {
  const library = await opened(sdk)
  try {
    const opinions = await library.askAll(files.map(bytesOf))
    return files.map(({ text }, index) => {
      const assumptions = { ...options.assumptions, firelySdk: sdk }
      const { issues } = checkPayload(text, { ...options, assumptions }).jft
      return secondOpinion(library.versions, sdk, opinions[index] as Opinion, issues.filter(isFormat))
    })
  } finally {
    await library.close()
  }
}

async function opened(sdk: FirelyMajor): Promise<Library> {
  try {
    return await Library.open(sdk, () =>
      tell(`Building the program that asks the real library (Firely .NET SDK ${sdk}), once …`),
    )
  } catch (error) {
    if (error instanceof LibraryUnavailable) throw new CliError(`--second-opinion: ${error.message}`)
    throw error
  }
}

/** Standard input was read before; it cannot be read again. */
function bytesOf({ file, text }: CheckedFile): Uint8Array {
  return file === '-' ? Buffer.from(text) : readFileSync(file)
}

/** Issues of the format check: the rest of JFT's checks is none of the library's business. */
const isFormat = ({ rule }: { readonly rule: string }): boolean => /^(r4|json|firely)-|^encoding$/.test(rule)

/** Where the library throws, the simulator says so first, or that the text is not JSON: with a code of its own. */
const saysThatItThrows = ([first]: Ours): boolean => first !== undefined && !/^(?:JSON|PVAL)\d/.test(first.code)

type Ours = readonly { readonly code: string }[]

function secondOpinion(versions: Versions, sdk: FirelyMajor, opinion: Opinion, ours: Ours): SecondOpinion {
  const { strict } = opinion
  const accepted = acceptsStrictly(opinion)
  const thrown = strict.thrown && `${strict.thrown.type}: ${strict.thrown.message}`
  const codes = strict.issues.map(({ code }) => code).join()
  return {
    ...versions,
    strict: { accepted, issues: strict.issues, ...(thrown === undefined ? {} : { thrown }) },
    ...(sdk === 5 ? { lenient: lenientOf(opinion) } : {}),
    sameVerdict: accepted === (ours.length === 0),
    sameCodes: thrown === undefined ? codes === ours.map(({ code }) => code).join() : saysThatItThrows(ours),
    simulatorCodes: ours.map(({ code }) => code),
  }
}

function lenientOf(opinion: Opinion): NonNullable<SecondOpinion['lenient']> {
  const { thrown, forwarded } = opinion.lenient
  return {
    accepted: acceptsLeniently(opinion),
    ...(thrown === undefined ? {} : { thrown: `${thrown.type}: ${thrown.message}` }),
    ...(forwarded === undefined ? {} : { forwarded }),
  }
}
