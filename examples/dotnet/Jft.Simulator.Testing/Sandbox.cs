using System.Net.Http.Json;
using System.Text.Json;

namespace Jft.Simulator.Testing;

/// <summary>A client as HelseID's self-service hands it out.</summary>
public sealed record ClientFile(string ClientId, string PrivateJwk);

/// <summary>One isolated state of the simulator.</summary>
public sealed class Sandbox(HttpClient http, Uri url)
{
    public string Authority => $"{url}/helseid";

    public string WriteUrl => $"{url}/write";

    public string ReadUrl => $"{url}/read";

    public string VkpUrl => $"{url}/vkp/epj/r4";

    /// <summary>What is known by the name of a ready-made client, such as Bruno-Local or EHR-Local.</summary>
    public async Task<ClientFile> ClientAsync(string name)
    {
        var list = await GetAsync("clients");
        var client = list.GetProperty("clients").EnumerateArray().First(one => one.GetProperty("name").GetString() == name);
        var file = await GetAsync($"clients/{client.GetProperty("clientId").GetString()}");
        return new ClientFile(file.GetProperty("clientId").GetString()!, file.GetProperty("privateJwk").GetString()!);
    }

    /// <summary>Lets something go wrong; <c>GET /_sim/faults/effects</c> lists what can.</summary>
    public async Task FaultAsync(object fault) => await SendAsync(HttpMethod.Post, "faults", fault);

    /// <summary>Moves the sandbox's clock on.</summary>
    /// <param name="time">Whole seconds.</param>
    public async Task AdvanceAsync(TimeSpan time) =>
        await SendAsync(HttpMethod.Post, "clock/advance", new { by = $"PT{(long)time.TotalSeconds}S" });

    /// <summary>The time that holds for tokens and proofs in the sandbox: give it to whatever signs them.</summary>
    public TimeProvider Clock => new SandboxClock(http, $"{url}/_sim/clock");

    /// <summary>The events that JFT has, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync() =>
        [.. (await GetAsync("events")).GetProperty("events").EnumerateArray()];

    /// <summary>The requests that were refused, newest first, each with its rule.</summary>
    public async Task<IReadOnlyList<JsonElement>> RefusedAsync() =>
        [.. (await GetAsync("exchanges?refused=true")).GetProperty("exchanges").EnumerateArray()];

    private async Task<JsonElement> GetAsync(string path) => await http.GetFromJsonAsync<JsonElement>($"{url}/_sim/{path}");

    private async Task SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, $"{url}/_sim/{path}") { Content = JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private sealed class SandboxClock(HttpClient http, string url) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, url));
            using var reading = JsonDocument.Parse(answer.Content.ReadAsStream());
            return reading.RootElement.GetProperty("now").GetDateTimeOffset();
        }
    }
}
