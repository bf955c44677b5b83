using Shared;

// A record system: fetches the events that are not acknowledged, journals each once, and acknowledges it. Runs until SIGTERM;
// with --until-empty, until two rounds in a row find nothing new.
return await Run.ProgramAsync((settings, jft, stop) => new Ehr.RecordSystem(settings, jft, stop).RunAsync(args.Contains("--until-empty")));
