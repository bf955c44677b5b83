package shared;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request and its whole answer. */
final class Exchange {
    private static final long SECONDS = 5;

    private Exchange() {}

    // docs:whole
    /** HttpRequest.timeout() ends with the headers of an answer: a body that trickles is under this limit only. */
    static HttpResponse<String> whole(HttpClient http, HttpRequest request, String service) {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, BodyHandlers.ofString());
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException error) {
            answer.cancel(true);
            throw Trouble.broken(service, error.toString());
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            throw new CancellationException("stopped");
        }
    }
    // docs:end
}
