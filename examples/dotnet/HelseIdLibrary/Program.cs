using Ehr;
using HelseIdLibrary;
using ResponseCentre;
using Shared;

// The two programs of ../Ehr and ../ResponseCentre, with tokens of NHN's HelseID.Library: response-centre is the one, anything else
// the other.
var count = Run.Option(args, "--count", 5);
var wait = TimeSpan.FromSeconds(Run.Option(args, "--wait", 10));
return await Run.ProgramAsync(
    (settings, jft, stop) => args.Contains("response-centre")
        ? new Centre(settings, jft, stop).RunAsync(Events.Make(count), wait)
        : new RecordSystem(settings, jft, stop).RunAsync(args.Contains("--until-empty")),
    (settings, _) => new LibraryTokens(settings, TimeProvider.System));
