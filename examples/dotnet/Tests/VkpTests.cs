using System.Net;
using System.Net.Http.Headers;

namespace Tests;

/// <summary>VKP takes a bearer token, also one that is bound to a key.</summary>
public sealed class VkpTests(SimulatorFixture fixture) : SandboxTest(fixture)
{
    // docs:bearer
    private static HttpRequestMessage PatientSearch(string vkpUrl, string token)
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["identifier"] = "02850097219" });
        var request = new HttpRequestMessage(HttpMethod.Post, $"{vkpUrl}/313231593/patient/_search") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("ServiceCodes", "ta");
        return request;
    }
    // docs:end

    [Fact]
    public async Task A_search_is_answered_with_the_patient()
    {
        var tokens = await Clients.VkpTokensAsync(Sandbox);
        using var http = new HttpClient();

        using var request = PatientSearch(Sandbox.VkpUrl, await tokens.TokenAsync(CancellationToken.None));
        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("02850097219", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
