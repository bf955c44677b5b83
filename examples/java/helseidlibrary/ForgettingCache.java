package helseidlibrary;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import no.helseid.cache.ExpiringCache;
import no.helseid.endpoints.token.AccessTokenResponse;

/** The library's own cache keeps a token that an API has refused, and gives each to its last millisecond. */
final class ForgettingCache implements ExpiringCache<AccessTokenResponse> {
    private static final long RENEWAL_MS = Duration.ofSeconds(30).toMillis();

    private record Kept(AccessTokenResponse token, long until) {}

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    @Override
    public AccessTokenResponse get(String key) {
        Kept found = kept.get(key);
        return found == null || found.until < System.currentTimeMillis() ? null : found.token;
    }

    @Override
    public void put(String key, AccessTokenResponse token, long expireAtEpochMillisecond) {
        kept.put(key, new Kept(token, expireAtEpochMillisecond - RENEWAL_MS));
    }

    @Override
    public void remove(String key) {
        kept.remove(key);
    }

    void clear() {
        kept.clear();
    }
}
