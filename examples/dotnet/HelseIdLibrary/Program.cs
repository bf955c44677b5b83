using Ehr;
using HelseIdLibrary;
using Shared;

// The record system of ../Ehr, with tokens of NHN's HelseID.Library.
return await Run.ProgramAsync(
    (settings, jft, stop) => new RecordSystem(settings, jft, stop).RunAsync(args.Contains("--until-empty")),
    (settings, _) => new LibraryTokens(settings, TimeProvider.System));
