using System.Runtime.InteropServices;

namespace Shared;

/// <summary>Runs a program: exit code 0 when it did all, 1 when it gave up something, 2 when it was started in a wrong way.</summary>
public static class Run
{
    /// <summary>With the tokens of Duende.IdentityModel.</summary>
    public static Task<int> ProgramAsync(Func<Settings, JftClient, CancellationToken, Task<bool>> main) =>
        ProgramAsync(main, (settings, http) => new DuendeTokens(settings, http, TimeProvider.System));

    public static async Task<int> ProgramAsync(
        Func<Settings, JftClient, CancellationToken, Task<bool>> main, Func<Settings, HttpClient, ITokens> tokens)
    {
        using var stop = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        try
        {
            var settings = Settings.Read();
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            var client = new JftClient(http, tokens(settings, http), stop.Token);
            return await main(settings, client, stop.Token) ? 0 : 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (InvalidOperationException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
        catch (Trouble trouble)
        {
            Console.Error.WriteLine($"gave up: {trouble.Message}");
            return 1;
        }
    }

    /// <summary>The number after an option, or the preset.</summary>
    public static int Option(string[] args, string name, int preset)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length && int.TryParse(args[at + 1], out var value) ? value : preset;
    }
}
