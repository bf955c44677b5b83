using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace HelseIdLibrary;

// docs:nonce
/// <summary>A proof with a nonce for an API (RFC 9449, section 9), by the library's key: it has no call for one.</summary>
internal sealed class NonceProof(string privateJwk, TimeProvider clock)
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly JsonWebKey key = new(privateJwk);

    public string Create(HttpMethod method, string htu, string token, string nonce) =>
        Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "dpop+jwt",
            AdditionalHeaderClaims = new Dictionary<string, object>
            {
                ["jwk"] = new Dictionary<string, string> { ["kty"] = key.Kty, ["n"] = key.N, ["e"] = key.E, ["alg"] = key.Alg },
            },
            Claims = new Dictionary<string, object>
            {
                ["jti"] = Guid.NewGuid().ToString(),
                ["htm"] = method.Method,
                ["htu"] = htu,
                ["iat"] = clock.GetUtcNow().ToUnixTimeSeconds(),
                ["ath"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token))),
                ["nonce"] = nonce,
            },
            SigningCredentials = new SigningCredentials(key, key.Alg),
        });
}
// docs:end
