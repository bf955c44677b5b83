using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Shared;
using Task = System.Threading.Tasks.Task;

namespace ResponseCentre;

/// <summary>Submits events, and follows the status of each until a record system has acknowledged it.</summary>
internal sealed class Centre(Settings settings, JftClient jft, CancellationToken stop)
{
    /// <summary>How often JFT is searched for an event that it may have, before the event is sent again.</summary>
    private const int Looks = 3;

    /// <summary>JFT may need a moment to register an event.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    /// <summary>By which JFT's clock may be behind.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Fhir = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);
    private static readonly JsonSerializerOptions Lenient = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector).UsingMode(DeserializationMode.Ostrich);

    public async Task<bool> RunAsync(IReadOnlyList<Resource> events, TimeSpan wait)
    {
        var submitted = new List<(string Name, string Url)>();
        foreach (var one in events)
        {
            try
            {
                submitted.Add((one.TypeName, await SubmitAsync(one)));
            }
            catch (Trouble trouble) when (!trouble.IsTemporary)
            {
                // What JFT refuses now it will refuse again: somebody must look at it.
                JftClient.Say($"gave up {one.TypeName}: {trouble.Message}");
            }
        }
        return await FollowAsync(submitted, DateTimeOffset.UtcNow + wait) && submitted.Count == events.Count;
    }

    /// <summary>A broken connection does not tell whether JFT has the event: a second copy would stand in the health record.</summary>
    private async Task<string> SubmitAsync(Resource one)
    {
        var since = DateTimeOffset.UtcNow - Skew;
        var json = JsonSerializer.Serialize(one, one.GetType(), Fhir);
        HttpRequestMessage Request()
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{settings.WriteUrl}/v1/{one.TypeName}") { Content = JftClient.Fhir(json) };
            request.Headers.Add("nhn-source-system", "Example response centre 1.0");
            return request;
        }
        var answer = await jft.PatientlyAsync(Request, async trouble => trouble.IsUnsure ? await FindAsync(one, since) : null);
        var url = answer.Location ?? throw new InvalidOperationException("JFT accepted the event, and did not say where its status is.");
        JftClient.Say($"submitted {one.TypeName}: {url}");
        return url.OriginalString;
    }

    private async Task<Answer?> FindAsync(Resource one, DateTimeOffset since)
    {
        for (var look = 1; look <= Looks; look += 1)
        {
            if (await FindIdAsync(one, since) is { } id)
                return new Answer(System.Net.HttpStatusCode.Accepted, "", new Uri($"{settings.ReadUrl}/v1/{one.TypeName}/{id}/$status"));
            await Task.Delay(BetweenLooks, stop);
        }
        return null;
    }

    /// <summary>JFT cannot search by identifier, so the few events since then are looked through.</summary>
    private async Task<string?> FindIdAsync(Resource one, DateTimeOffset since)
    {
        for (string? url = $"{settings.ReadUrl}/v1/{one.TypeName}?_lastUpdated=ge{Uri.EscapeDataString(since.UtcDateTime.ToString("O"))}"; url != null;)
        {
            var answer = await jft.PatientlyAsync(() => new HttpRequestMessage(HttpMethod.Get, url));
            var page = JsonSerializer.Deserialize<Bundle>(answer.Text, Lenient)!;
            var found = page.Entry.Select(entry => entry.Resource).FirstOrDefault(kept => Events.IdentifierOf(kept) == Events.IdentifierOf(one));
            if (found != null) return found.Id;
            url = page.NextLink?.OriginalString;
        }
        return null;
    }

    /// <summary>Whether JFT has registered all, and refused none.</summary>
    private async Task<bool> FollowAsync(IReadOnlyList<(string Name, string Url)> submitted, DateTimeOffset until)
    {
        var stages = submitted.ToDictionary(one => one.Url, _ => "submitted");
        while (stages.Values.Any(IsOpen) && DateTimeOffset.UtcNow < until)
        {
            foreach (var (name, url) in submitted.Where(one => IsOpen(stages[one.Url])))
            {
                var stage = await StageAsync(url) ?? stages[url];
                if (stage != stages[url]) JftClient.Say($"{name}: {stage}");
                stages[url] = stage;
            }
            if (stages.Values.Any(IsOpen)) await Task.Delay(settings.Poll, stop);
        }
        return stages.Values.All(stage => stage is not ("submitted" or "failed"));
    }

    private static bool IsOpen(string stage) => stage is not ("journalingAcknowledged" or "failed");

    /// <summary>The last member of the status that has a time. The status may be there a little later than the event.</summary>
    private async Task<string?> StageAsync(string url)
    {
        try
        {
            var answer = await jft.PatientlyAsync(() => new HttpRequestMessage(HttpMethod.Get, url));
            using var status = JsonDocument.Parse(answer.Text);
            string[] stages = ["registered", "read", "journalingAcknowledged", "failed"];
            return stages.LastOrDefault(name => status.RootElement.TryGetProperty(name, out var time) && time.ValueKind == JsonValueKind.String);
        }
        catch (Trouble trouble) when (trouble.Status == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
