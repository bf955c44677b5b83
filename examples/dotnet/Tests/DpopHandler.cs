using System.Net.Http.Headers;
using Shared;

namespace Tests;

// docs:handler
/// <summary>Authorizes what a library sends that takes an HttpClient, such as Firely's FhirClient.</summary>
internal sealed class DpopHandler(ITokens tokens) : DelegatingHandler(new HttpClientHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var token = await tokens.TokenAsync(cancel);
        request.Headers.Authorization = new AuthenticationHeaderValue("DPoP", token);
        // The proof leaves the query out (RFC 9449, section 4.2); the request keeps it, so a next link is followed as it is.
        request.Headers.Add("DPoP", await tokens.ProofAsync(request.Method, request.RequestUri!, token, nonce: null));
        return await base.SendAsync(request, cancel);
    }
}
// docs:end
