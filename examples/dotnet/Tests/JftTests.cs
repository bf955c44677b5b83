using System.Net;
using Jft.Simulator.Testing;
using Shared;

namespace Tests;

/// <summary>What the simulator is for, in tests of a vendor's client.</summary>
public sealed class JftTests(SimulatorFixture fixture) : SandboxTest(fixture)
{
    [Fact]
    public async Task An_event_is_accepted_and_its_status_is_there()
    {
        var jft = Clients.Jft(await Clients.TokensAsync(Sandbox));

        var accepted = await jft.PatientlyAsync(Submission);
        var status = await jft.PatientlyAsync(() => new HttpRequestMessage(HttpMethod.Get, accepted.Location));

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Contains("\"registered\":\"2", status.Text, StringComparison.Ordinal);
        Assert.Equal("Composition", Assert.Single(await Sandbox.EventsAsync()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_sandbox_has_nothing_of_another() => Assert.Empty(await Sandbox.EventsAsync());

    [Fact]
    public async Task A_token_that_JFT_refuses_is_replaced()
    {
        var tokens = await Clients.TokensAsync(Sandbox);
        var before = await tokens.TokenAsync(CancellationToken.None);
        await Sandbox.FaultAsync(new { surface = "jft-write", step = "token", effect = new { kind = "status", status = 401 } });

        var accepted = await Clients.Jft(tokens).PatientlyAsync(Submission);

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.NotEqual(before, await tokens.TokenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_payload_that_is_no_R4_is_refused_with_its_rule()
    {
        var jft = Clients.Jft(await Clients.TokensAsync(Sandbox));

        var trouble = await Assert.ThrowsAsync<Trouble>(() => jft.PatientlyAsync(() => Submission(Sandbox, "{\"resourceType\":\"Composition\",\"author\":{}}")));

        Assert.Equal(HttpStatusCode.BadRequest, trouble.Status);
        var refused = (await Sandbox.RefusedAsync())[0];
        Assert.Equal("r4-array-expected", refused.GetProperty("issues")[0].GetProperty("rule").GetString());
    }

    // docs:clock
    [Fact]
    public async Task A_token_is_renewed_when_the_clock_of_the_sandbox_says_so()
    {
        var sandbox = await Simulator.NewSandboxAsync(frozenAt: new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var tokens = await Clients.TokensAsync(sandbox, clock: sandbox.Clock);
        var first = await tokens.TokenAsync(CancellationToken.None);

        await sandbox.AdvanceAsync(TimeSpan.FromHours(1));
        var accepted = await Clients.Jft(tokens).PatientlyAsync(() => Submission(sandbox, Note));

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.NotEqual(first, await tokens.TokenAsync(CancellationToken.None));
    }
    // docs:end

    private static string Note => Notes.Json(Notes.Make());

    private HttpRequestMessage Submission() => Submission(Sandbox, Note);

    private static HttpRequestMessage Submission(Sandbox sandbox, string json) =>
        new(HttpMethod.Post, $"{sandbox.WriteUrl}/v1/Composition") { Content = JftClient.Fhir(json) };
}
