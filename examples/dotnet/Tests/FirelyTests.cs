using System.Net;
using Hl7.Fhir.Model;
using Hl7.Fhir.Rest;
using Task = System.Threading.Tasks.Task;

namespace Tests;

/// <summary>What Firely's FhirClient has to be told for JFT.</summary>
public sealed class FirelyTests(SimulatorFixture fixture) : SandboxTest(fixture)
{
    // docs:fhir-client
    private async Task<FhirClient> ClientAsync(string baseUrl)
    {
        var http = new HttpClient(new DpopHandler(await Clients.TokensAsync(Sandbox)));
        // Without PreferredFormat it sends XML, which JFT answers with 415.
        return new FhirClient($"{baseUrl}/v1", http, new FhirClientSettings { PreferredFormat = ResourceFormat.Json });
    }
    // docs:end

    // docs:create
    /// <summary>The URL of the status. FhirClient takes a 202 for an error: of a create it expects 200 or 201.</summary>
    private static async Task<Uri> SubmitAsync(FhirClient client, Resource resource)
    {
        try
        {
            await client.CreateAsync(resource);
        }
        catch (FhirOperationException accepted) when (accepted.Status == HttpStatusCode.Accepted)
        {
        }
        return new Uri(client.LastResult!.Location!);
    }
    // docs:end

    [Fact]
    public async Task A_create_answers_202_which_FhirClient_throws()
    {
        using var client = await ClientAsync(Sandbox.WriteUrl);

        var status = await SubmitAsync(client, Notes.Make());

        Assert.Matches(@"/read/v1/Composition/[0-9a-f-]{36}/\$status$", status.AbsoluteUri);
        Assert.Single(await Sandbox.EventsAsync());
    }

    // docs:pages
    [Fact]
    public async Task A_search_is_read_to_its_end_by_the_next_links()
    {
        using var write = await ClientAsync(Sandbox.WriteUrl);
        for (var count = 0; count < 3; count += 1) await SubmitAsync(write, Notes.Make());
        using var read = await ClientAsync(Sandbox.ReadUrl);

        var found = new List<Resource>();
        for (var page = await read.SearchAsync<Composition>(pageSize: 2); page != null; page = await read.ContinueAsync(page))
            found.AddRange(page.Entry.Select(entry => entry.Resource!));

        Assert.Equal(3, found.Count);
    }
    // docs:end

    // docs:size
    [Fact]
    public void An_attachment_has_its_size_as_a_number_by_SizeElement_only()
    {
        var asR5 = new Attachment { Size = 4 };
        var asR4 = new Attachment { SizeElement = new UnsignedInt(4) };

        Assert.Contains("\"size\":\"4\"", Notes.Json(asR5), StringComparison.Ordinal);
        Assert.Contains("\"size\":4", Notes.Json(asR4), StringComparison.Ordinal);
    }
    // docs:end
}
