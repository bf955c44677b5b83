using System.Collections.Concurrent;
using HelseId.Library.Interfaces.Caching;
using HelseId.Library.Models;

namespace HelseIdLibrary;

// docs:cache
/// <summary>The library's own cache gives a token until its time is over, also one that the API has refused.</summary>
internal sealed class ForgettingCache(TimeProvider clock) : ITokenCache
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (AccessTokenResponse Token, DateTimeOffset Until)> kept = new();

    public void Forget() => kept.Clear();

    public Task<AccessTokenResponse?> GetAccessToken(string cacheKey) =>
        Task.FromResult(kept.TryGetValue(cacheKey, out var found) && found.Until > clock.GetUtcNow() ? found.Token : null);

    public Task AddTokenToCache(string cacheKey, AccessTokenResponse tokenResponse)
    {
        kept[cacheKey] = (tokenResponse, clock.GetUtcNow().AddSeconds(tokenResponse.ExpiresIn) - Renewal);
        return Task.CompletedTask;
    }
}
// docs:end
