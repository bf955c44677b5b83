using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Jft.Simulator.Testing;

/// <summary>A simulator for the tests of one assembly: start it once, make a sandbox for each test.</summary>
public sealed class JftSimulator : IDisposable
{
    private const string Package = "node_modules/jft-simulator/dist/cli/main.js";

    private readonly Process process;
    private readonly HttpClient http = new();

    private JftSimulator(Process process, Uri url)
    {
        this.process = process;
        Url = url;
        _ = TellRefusalsAsync(process.StandardOutput);
    }

    public Uri Url { get; }

    /// <summary>
    /// Starts <paramref name="program"/>, or the package in a <c>node_modules</c> above the tests. The system picks a port. The
    /// simulator ends with its standard input, and so with the test run, however that ends.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not there, or did not start; the message says why.</exception>
    public static async Task<JftSimulator> StartAsync(string? program = null)
    {
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { program ?? Installed(), "start", "--ephemeral", "--port", "0", "--until-stdin-closes" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        return new JftSimulator(process, await UrlAsync(process.StandardOutput));
    }

    /// <summary>A fresh state of its own: events, journal, clients, clock.</summary>
    /// <param name="frozenAt">Stops its clock at that time; it stands with <see cref="Sandbox.Clock"/>.</param>
    public async Task<Sandbox> NewSandboxAsync(DateTimeOffset? frozenAt = null)
    {
        var name = Guid.NewGuid().ToString();
        object options = frozenAt is { } at ? new { name, frozenAt = at.UtcDateTime.ToString("O") } : new { name };
        using var answer = await http.PostAsJsonAsync(new Uri(Url, "/_sim/sandboxes"), options);
        answer.EnsureSuccessStatusCode();
        return new Sandbox(http, new Uri(Url, $"/s/{name}"));
    }

    /// <summary>Ends the simulator.</summary>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        http.Dispose();
    }

    /// <summary>One line of the output is {"url":"…"}, when the simulator can be called.</summary>
    private static async Task<Uri> UrlAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith('{')) continue;
            using var ready = JsonDocument.Parse(line);
            return new Uri(ready.RootElement.GetProperty("url").GetString()!);
        }
        throw new InvalidOperationException("The simulator ended before it could be called; what it said is on the standard error.");
    }

    /// <summary>The output has a line for each refusal. It has to be read: when it is full, the simulator waits.</summary>
    private static async Task TellRefusalsAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
            if (line.StartsWith("refused", StringComparison.Ordinal)) Console.Error.WriteLine(line);
    }

    /// <summary>Tests run in bin/Debug, so the folder is looked for from there up.</summary>
    private static string Installed()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, Package);
            if (File.Exists(file)) return file;
        }
        throw new InvalidOperationException($"There is no {Package} in {AppContext.BaseDirectory} or above it.");
    }
}
