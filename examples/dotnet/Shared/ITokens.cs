namespace Shared;

/// <summary>Access tokens of HelseID, and the DPoP proofs that go with them. Each library has its own way.</summary>
public interface ITokens
{
    /// <summary>The token in use, or a new one where there is none that lasts.</summary>
    Task<string> TokenAsync(CancellationToken cancel);

    /// <summary>The API did not take the token: the next is a new one.</summary>
    void Forget();

    /// <summary>A proof for one request (RFC 9449, section 4.2); <paramref name="nonce"/> where the API asked for one.</summary>
    Task<string> ProofAsync(HttpMethod method, Uri url, string token, string? nonce);
}
