using ResponseCentre;
using Shared;

// A response centre: submits --count notes and doses, and follows the status of each until a record system has acknowledged it,
// or --wait seconds are over.
var count = Run.Option(args, "--count", 5);
var wait = TimeSpan.FromSeconds(Run.Option(args, "--wait", 10));
return await Run.ProgramAsync((settings, jft, stop) => new Centre(settings, jft, stop).RunAsync(Events.Make(count), wait));
