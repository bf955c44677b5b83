using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Shared;
using Task = System.Threading.Tasks.Task;

namespace Ehr;

internal sealed class RecordSystem(Settings settings, JftClient jft, CancellationToken stop)
{
    private static readonly string[] Types = ["Bundle", "Composition", "MedicationDispense"];
    private static readonly JsonSerializerOptions Fhir = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector).UsingMode(DeserializationMode.Ostrich);

    /// <summary>A real record system has these ids in its database.</summary>
    private readonly HashSet<string> journaled = [];

    public async Task<bool> RunAsync(bool untilEmpty)
    {
        for (var emptyRounds = 0; emptyRounds < 2; await Task.Delay(settings.Poll, stop))
        {
            var found = 0;
            foreach (var type in Types)
            {
                var events = await PollAsync(type);
                foreach (var one in events) await AcknowledgeAsync(one);
                found += events.Count;
            }
            emptyRounds = untilEmpty && found == 0 ? emptyRounds + 1 : 0;
        }
        JftClient.Say("done: all that was fetched is journaled and acknowledged");
        return true;
    }

    private async Task<List<Resource>> PollAsync(string type)
    {
        var found = new List<Resource>();
        var first = $"{settings.ReadUrl}/v1/{type}?_tag:not={Uri.EscapeDataString(settings.AcknowledgedTag)}";
        // The link is JFT's: it is followed as it is, with no look into the cursor and no parameter more.
        for (string? url = first; url != null;)
        {
            var page = await PageAsync(url);
            // A page may have an event that was on another page before.
            found.AddRange(page.Entry.Select(entry => entry.Resource).OfType<Resource>().Where(one => one.Id is { } id && journaled.Add(id)));
            url = page.NextLink?.OriginalString;
        }
        foreach (var one in found) JftClient.Say($"journaled {one.TypeName}/{one.Id}");
        return found;
    }

    private async Task<Bundle> PageAsync(string url)
    {
        while (true)
        {
            var answer = await jft.PatientlyAsync(() => new HttpRequestMessage(HttpMethod.Get, url));
            if (JsonSerializer.Deserialize<Bundle>(answer.Text, Fhir) is { } page) return page;
        }
    }

    private async Task AcknowledgeAsync(Resource one)
    {
        var url = $"{settings.WriteUrl}/v1/{one.TypeName}/{one.Id}/$journaling-acknowledged";
        await jft.PatientlyAsync(
            () => new HttpRequestMessage(HttpMethod.Post, url),
            async trouble => trouble.IsUnsure ? await AcknowledgementAsync(one) : null);
        JftClient.Say($"acknowledged {one.TypeName}/{one.Id}");
    }

    /// <summary>The status, where it says that the event is acknowledged.</summary>
    private async Task<Answer?> AcknowledgementAsync(Resource one)
    {
        var url = $"{settings.ReadUrl}/v1/{one.TypeName}/{one.Id}/$status";
        var answer = await jft.PatientlyAsync(() => new HttpRequestMessage(HttpMethod.Get, url));
        using var status = JsonDocument.Parse(answer.Text);
        var isThere = status.RootElement.TryGetProperty("journalingAcknowledged", out var time) && time.ValueKind == JsonValueKind.String;
        return isThere ? answer : null;
    }
}
