using Jft.Simulator.Testing;
using Shared;

namespace Tests;

/// <summary>The code that is tested, pointed at a sandbox.</summary>
internal static class Clients
{
    private static readonly HttpClient Http = new();

    public static JftClient Jft(ITokens tokens) => new(Http, tokens, CancellationToken.None);

    public static async Task<ITokens> TokensAsync(Sandbox sandbox, string client = "Bruno-Local", TimeProvider? clock = null) =>
        new DuendeTokens(await SettingsAsync(sandbox, client), Http, clock ?? TimeProvider.System);

    private static async Task<Settings> SettingsAsync(Sandbox sandbox, string client)
    {
        var file = await sandbox.ClientAsync(client);
        return new Settings(
            new Uri(sandbox.Authority),
            sandbox.WriteUrl,
            sandbox.ReadUrl,
            file.ClientId,
            file.PrivateJwk,
            Municipality: "313231593",
            Scope: "nhn:jft/api",
            Poll: TimeSpan.FromMilliseconds(50),
            AcknowledgedTag: "");
    }
}
