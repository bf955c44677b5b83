using System.Net;
using HelseId.Library;
using HelseId.Library.ClientCredentials;
using HelseId.Library.ClientCredentials.Interfaces;
using HelseId.Library.Configuration;
using HelseId.Library.ExtensionMethods;
using HelseId.Library.Interfaces.Caching;
using HelseId.Library.Interfaces.JwtTokens;
using HelseId.Library.Models;
using HelseId.Library.Models.DetailsFromClient;
using Microsoft.Extensions.DependencyInjection;
using Shared;

namespace HelseIdLibrary;

/// <summary>Tokens and proofs by NHN's HelseID.Library, with what it lacks for JFT.</summary>
internal sealed class LibraryTokens : ITokens
{
    private readonly ForgettingCache cache;
    private readonly NonceProof withNonce;
    private readonly IHelseIdClientCredentialsFlow flow;
    private readonly IDPoPProofCreatorForApiRequests proofs;
    private readonly OrganizationNumbers municipality;

    // docs:services
    public LibraryTokens(Settings settings, TimeProvider clock)
    {
        cache = new ForgettingCache(clock);
        withNonce = new NonceProof(settings.PrivateJwk, clock);
        municipality = new OrganizationNumbers { ParentOrganization = settings.Municipality ?? "" };
        var services = new ServiceCollection();
        var helseId = services
            .AddHelseIdClientCredentials(new HelseIdConfiguration
            {
                ClientId = settings.ClientId,
                Scope = settings.Scope,
                IssuerUri = settings.Authority.ToString(),
            })
            .AddHelseIdMultiTenant()
            .AddJwkForClientAuthentication(settings.PrivateJwk);
        helseId.RemoveServiceRegistrations<ITokenCache>();
        services.AddSingleton<ITokenCache>(cache);
        // After the library's own: the last registration wins. In a test it is the clock of the sandbox.
        services.AddSingleton(clock);
        var provider = services.BuildServiceProvider();
        flow = provider.GetRequiredService<IHelseIdClientCredentialsFlow>();
        proofs = provider.GetRequiredService<IDPoPProofCreatorForApiRequests>();
    }
    // docs:end

    // docs:token
    public async Task<string> TokenAsync(CancellationToken cancel)
    {
        // Not by the library's own handler, which cannot name the municipality that a multi-tenant client acts for.
        var answer = await AnswerAsync();
        if (answer.IsSuccessful(out var granted)) return granted.AccessToken;
        // ErrorDescription is empty where HelseID says "invalid_client" and no more; the simulator's reason is in RawResponse.
        throw Refused(answer.AsError());
    }
    // docs:end

    public void Forget() => cache.Forget();

    // docs:proof
    public Task<string> ProofAsync(HttpMethod method, Uri url, string token, string? nonce)
    {
        // The library throws for a URL with a query. The proof has none (RFC 9449, section 4.2); what is sent is the whole URL.
        var target = url.GetLeftPart(UriPartial.Path);
        return nonce == null
            ? proofs.CreateDPoPProofForApiRequest(method, target, token)
            : Task.FromResult(withNonce.Create(method, target, token, nonce));
    }
    // docs:end

    private async Task<TokenResponse> AnswerAsync()
    {
        try
        {
            return await flow.GetTokenResponseAsync(municipality);
        }
        catch (Exception error) when (error is HttpRequestException or HelseId.Library.Exceptions.HelseIdException)
        {
            throw Trouble.At("HelseID", 0, null, error);
        }
    }

    private static Trouble Refused(TokenErrorResponse answer)
    {
        var status = answer.Error is "temporarily_unavailable" or "server_error" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.BadRequest;
        return new Trouble("HelseID", status, null, $"answered {answer.Error}: {answer.RawResponse}", null);
    }
}
