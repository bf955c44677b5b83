using Jft.Simulator.Testing;
using Shared;

namespace Tests;

/// <summary>The code that is tested, pointed at a sandbox.</summary>
internal static class Clients
{
    private static readonly HttpClient Http = new();

    public static JftClient Jft(ITokens tokens) => new(Http, tokens, CancellationToken.None);

    public static async Task<ITokens> TokensAsync(Sandbox sandbox, TimeProvider? clock = null) =>
        TokensOf(await sandbox.ClientAsync("Bruno-Local"), sandbox, "nhn:jft/api", "313231593", clock ?? TimeProvider.System);

    public static async Task<ITokens> VkpTokensAsync(Sandbox sandbox) =>
        TokensOf(await sandbox.ClientAsync("Bruno-VKP"), sandbox, "nhn:vkp/api/user/patient.read", null, TimeProvider.System);

    private static DuendeTokens TokensOf(ClientFile client, Sandbox sandbox, string scope, string? municipality, TimeProvider clock)
    {
        var settings = new Settings(
            new Uri(sandbox.Authority),
            sandbox.WriteUrl,
            sandbox.ReadUrl,
            client.ClientId,
            client.PrivateJwk,
            municipality,
            scope,
            Poll: TimeSpan.FromMilliseconds(50),
            AcknowledgedTag: "");
        return new DuendeTokens(settings, Http, clock);
    }
}
