import type { LibraryIssue } from '../../conformance/library/opinion.ts'

/** What the real library says of a file, and whether the simulator says the same: the form of `--json`. */
export interface SecondOpinion {
  /** The version of the Firely .NET SDK, and of the runtime. */
  readonly firely: string
  readonly dotnet: string
  readonly strict: {
    readonly accepted: boolean
    readonly issues: readonly LibraryIssue[]
    /** What the library threw instead of reporting issues, as `Type: message`. */
    readonly thrown?: string
  }
  /** The permissive reader, which only version 5 has. */
  readonly lenient?: { readonly accepted: boolean; readonly thrown?: string; readonly forwarded?: string }
  /** Whether the simulator, playing that version, has the same verdict of the format check, and the same codes in order. */
  readonly sameVerdict: boolean
  readonly sameCodes: boolean
  /** The codes of the simulator's format check, playing that version. */
  readonly simulatorCodes: readonly string[]
}

/** A second opinion for a reader. */
export function describeSecondOpinion(opinion: SecondOpinion): string {
  const { firely, dotnet, strict, lenient } = opinion
  const count = strict.issues.length === 1 ? '1 issue' : `${strict.issues.length} issues`
  const outcome = strict.accepted ? 'accepts' : strict.thrown === undefined ? `reports ${count}` : 'throws'
  return [
    `  Second opinion: Firely .NET SDK ${firely} on .NET ${dotnet} ${outcome}`,
    ...strict.issues.map(
      ({ code, path, line, position, message }) =>
        `    ${code} ${path ?? ''}: ${message} (line ${line}, position ${position})`,
    ),
    ...(strict.thrown === undefined ? [] : [`    ${strict.thrown}`]),
    ...(lenient === undefined ? [] : [`  its permissive reader: ${lenient.accepted ? 'accepts' : lenient.thrown}`]),
    `  ${agreementOf(opinion)}`,
  ].join('\n')
}

function agreementOf({ firely, sameVerdict, sameCodes, simulatorCodes }: SecondOpinion): string {
  const version = firely.split('.')[0]
  if (!sameVerdict)
    return `The simulator, playing SDK ${version}, has another verdict (${simulatorCodes.join(', ') || 'accepted'}).`
  return sameCodes
    ? `The simulator, playing SDK ${version}, says the same.`
    : `The simulator, playing SDK ${version}, has the same verdict with other codes: ${simulatorCodes.join(', ')}.`
}

/** The second opinions on a folder: how often both say the same, and where they do not. */
export function describeSecondOpinions(opinions: readonly (SecondOpinion & { readonly file: string })[]): string {
  const [first] = opinions
  const differing = opinions.filter(({ sameCodes }) => !sameCodes)
  return [
    `Second opinion: Firely .NET SDK ${first?.firely} says the same of ${opinions.length - differing.length} of ${opinions.length}`,
    ...differing.map((opinion) => `\n${opinion.file}\n${describeSecondOpinion(opinion)}`),
  ].join('\n')
}
