using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Shared;

/// <summary>Tokens by Duende.IdentityModel, assertions and proofs by Microsoft.IdentityModel.JsonWebTokens.</summary>
public sealed class DuendeTokens(Settings settings, HttpClient http, TimeProvider clock) : ITokens
{
    /// <summary>Before its end a token is renewed.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly SemaphoreSlim one = new(1);
    private readonly JsonWebKey proofKey = NewProofKey();
    private string? tokenEndpoint;
    private (string Token, DateTimeOffset Until)? current;

    public async Task<string> TokenAsync(CancellationToken cancel)
    {
        // Workers that need a token at the same time wait for one request.
        await one.WaitAsync(cancel);
        try
        {
            if (current is not { } kept || kept.Until - Renewal < clock.GetUtcNow())
                current = await RequestAsync(cancel);
            return current.Value.Token;
        }
        finally
        {
            one.Release();
        }
    }

    public void Forget() => current = null;

    public Task<string> ProofAsync(HttpMethod method, Uri url, string token, string? nonce)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(token));
        return Task.FromResult(Signed(method, url, new() { ["ath"] = Base64UrlEncoder.Encode(hash) }, nonce));
    }

    private async Task<(string, DateTimeOffset)> RequestAsync(CancellationToken cancel)
    {
        tokenEndpoint ??= await DiscoverAsync(cancel);
        var answer = await AskAsync(tokenEndpoint, null, cancel);
        // HelseID asks for a nonce first (RFC 9449, section 8).
        if (answer.Error == OidcConstants.TokenErrors.UseDPoPNonce) answer = await AskAsync(tokenEndpoint, answer.DPoPNonce, cancel);
        if (answer.IsError) throw Trouble.At("HelseID", answer.HttpStatusCode, answer.HttpResponse, answer.Exception);
        return (answer.AccessToken!, clock.GetUtcNow().AddSeconds(answer.ExpiresIn));
    }

    private Task<TokenResponse> AskAsync(string endpoint, string? nonce, CancellationToken cancel) =>
        http.RequestClientCredentialsTokenAsync(
            new ClientCredentialsTokenRequest
            {
                Address = endpoint,
                ClientId = settings.ClientId,
                Scope = settings.Scope,
                ClientCredentialStyle = ClientCredentialStyle.PostBody,
                ClientAssertion = { Type = OidcConstants.ClientAssertionTypes.JwtBearer, Value = Assertion() },
                DPoPProofToken = Signed(HttpMethod.Post, new Uri(endpoint), [], nonce),
            },
            cancel);

    private async Task<string> DiscoverAsync(CancellationToken cancel)
    {
        var request = new DiscoveryDocumentRequest { Address = settings.Authority.ToString(), Policy = { RequireHttps = !IsLocal } };
        var found = await http.GetDiscoveryDocumentAsync(request, cancel);
        if (found.IsError) throw Trouble.At("HelseID", found.HttpStatusCode, found.HttpResponse, found.Exception);
        return found.TokenEndpoint!;
    }

    /// <summary>Only a HelseID on this machine speaks plain HTTP.</summary>
    private bool IsLocal => settings.Authority.Scheme == Uri.UriSchemeHttp && settings.Authority.IsLoopback;

    private string Assertion()
    {
        var key = new JsonWebKey(settings.PrivateJwk);
        var now = clock.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { ["sub"] = settings.ClientId, ["jti"] = Guid.NewGuid().ToString() };
        if (settings.Municipality is { } municipality) claims["assertion_details"] = DetailsFor(municipality);
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "client-authentication+jwt",
            Issuer = settings.ClientId,
            Audience = settings.Authority.ToString().TrimEnd('/'),
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddSeconds(30),
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, key.Alg ?? SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>Names the municipality that the client acts for (HelseID, "Organisation numbers").</summary>
    private static JsonElement DetailsFor(string municipality)
    {
        var organization = new { identifier = new { system = "urn:oid:1.0.6523", type = "ENH", value = $"NO:ORGNR:{municipality}:" } };
        return JsonSerializer.SerializeToElement(new { type = "helseid_authorization", practitioner_role = new { organization } });
    }

    private string Signed(HttpMethod method, Uri url, Dictionary<string, object> claims, string? nonce)
    {
        claims["jti"] = Guid.NewGuid().ToString();
        claims["htm"] = method.Method;
        // Without query and fragment: the whole URL is what is sent (RFC 9449, section 4.2).
        claims["htu"] = url.GetLeftPart(UriPartial.Path);
        claims["iat"] = clock.GetUtcNow().ToUnixTimeSeconds();
        if (nonce != null) claims["nonce"] = nonce;
        var jwk = new Dictionary<string, object> { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = proofKey.X, ["y"] = proofKey.Y };
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "dpop+jwt",
            AdditionalHeaderClaims = new Dictionary<string, object> { ["jwk"] = jwk },
            Claims = claims,
            SigningCredentials = new SigningCredentials(proofKey, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private static JsonWebKey NewProofKey()
    {
        var key = new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        return JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key);
    }
}
