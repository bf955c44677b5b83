package shared;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** What every client of JFT's two APIs needs: a token and a proof, and patience. */
public final class JftClient {
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final Tokens tokens;

    /** The newest nonce of each API (RFC 9449, section 8.2). */
    private final Map<String, String> nonces = new ConcurrentHashMap<>();

    public JftClient(HttpClient http, Tokens tokens) {
        this.http = http;
        this.tokens = tokens;
    }

    /** Repeats a request until it succeeds or is refused for good. */
    public HttpResponse<String> patiently(HttpRequest request) {
        return patiently(() -> send(request), trouble -> Optional.empty());
    }

    /** Repeats work until it succeeds or is refused for good; after each wait, {@code done} may find that it was done already. */
    public <T> T patiently(Supplier<T> work, Function<Trouble, Optional<T>> done) {
        for (int attempt = 0; ; attempt += 1) {
            try {
                return work.get();
            } catch (Trouble trouble) {
                if (!trouble.isTemporary()) throw trouble;
                Duration wait = waitFor(trouble, attempt);
                say(trouble.getMessage() + "; waits " + wait.toMillis() + " ms");
                rest(wait);
                Optional<T> found = done.apply(trouble);
                if (found.isPresent()) return found.get();
            }
        }
    }

    // docs:send
    /** Sends a request, and once more where JFT wants a nonce or a new token. */
    public HttpResponse<String> send(HttpRequest request) {
        boolean hadNonce = false;
        boolean hadToken = false;
        while (true) {
            HttpResponse<String> answer = attempt(request);
            if (answer.statusCode() != 401) return accepted(answer);
            boolean wantsNonce = answer.headers().firstValue("WWW-Authenticate").orElse("").contains("use_dpop_nonce");
            if (wantsNonce ? hadNonce : hadToken) throw Trouble.answered("JFT", answer);
            if (wantsNonce) hadNonce = true;
            else hadToken = true;
            if (!wantsNonce) tokens.forget();
        }
    }

    /** A new proof each time, also for the same request. */
    private HttpResponse<String> attempt(HttpRequest request) {
        URI url = request.uri();
        String token = tokens.token();
        HttpRequest authorized = HttpRequest.newBuilder(request, (name, value) -> true)
            .setHeader("Authorization", "DPoP " + token)
            .setHeader("DPoP", tokens.proof(request.method(), url, token, nonces.get(url.getAuthority())))
            .build();
        HttpResponse<String> answer = Exchange.whole(http, authorized, "JFT");
        answer.headers().firstValue("DPoP-Nonce").ifPresent(nonce -> nonces.put(url.getAuthority(), nonce));
        return answer;
    }
    // docs:end

    // docs:next
    /** The next page of a search, as JFT gives it; null after the last. */
    public static String next(Object page) {
        return Json.list(page, "link").stream()
            .filter(link -> "next".equals(Json.text(link, "relation")))
            .map(link -> Json.text(link, "url"))
            .findFirst().orElse(null);
    }
    // docs:end

    private static HttpResponse<String> accepted(HttpResponse<String> answer) {
        if (answer.statusCode() >= 300) throw Trouble.answered("JFT", answer);
        // A proxy's page of errors may have any status.
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (answer.body().isEmpty() || type.contains("json")) return answer;
        throw Trouble.broken("JFT", "the answer is " + type);
    }

    private static Duration waitFor(Trouble trouble, int attempt) {
        double backOff = Math.min(FIRST_WAIT.toMillis() * Math.pow(2, attempt), LONGEST_WAIT.toMillis());
        Duration jittered = Duration.ofMillis((long) (backOff * (0.75 + ThreadLocalRandom.current().nextDouble() / 2)));
        return trouble.retryAfter().compareTo(jittered) > 0 ? trouble.retryAfter() : jittered;
    }

    /** Waits, or ends with the program. */
    public static void rest(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException stopped) {
            throw new CancellationException("stopped");
        }
    }

    /** One line for one thing done. */
    public static void say(String line) {
        System.out.println(Instant.now() + " " + line);
    }
}
