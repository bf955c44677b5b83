package shared;

import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** Runs a program: exit code 0 when it did all, 1 when it gave up something, 2 when it was started in a wrong way. */
public final class Program {
    private static final long GRACE_MS = 5_000;

    private Program() {}

    /**
     * Calls {@code main} with settings and a client whose tokens are of this library; it says whether it did all. SIGTERM and
     * Ctrl-C end it with 0.
     */
    public static void run(BiFunction<Settings, HttpClient, Tokens> library, BiPredicate<Settings, JftClient> main) {
        Thread worker = Thread.currentThread();
        Thread end = new Thread(() -> stop(worker));
        Runtime.getRuntime().addShutdownHook(end);
        int code = codeOf(library, main);
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException stopping) {
            return;
        }
        System.exit(code);
    }

    private static void stop(Thread worker) {
        worker.interrupt();
        try {
            worker.join(GRACE_MS);
        } catch (InterruptedException impatient) {
            // Nobody waits for the end any more.
        }
        Runtime.getRuntime().halt(0);
    }

    private static int codeOf(BiFunction<Settings, HttpClient, Tokens> library, BiPredicate<Settings, JftClient> main) {
        try {
            Settings settings = Settings.read();
            HttpClient http = newHttpClient();
            return main.test(settings, new JftClient(http, library.apply(settings, http))) ? 0 : 1;
        } catch (CancellationException stopped) {
            return 0;
        } catch (Trouble trouble) {
            System.err.println("gave up: " + trouble.getMessage());
            return 1;
        } catch (IllegalStateException wrongUse) {
            System.err.println(wrongUse.getMessage());
            return 2;
        }
    }

    // docs:client
    private static HttpClient newHttpClient() {
        // The JDK sends a GET again on its own when a kept connection broke, with the same proof, which costs a 401.
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
        // By default it offers HTTP/2 with a header that is of no use without TLS.
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
    // docs:end

    /** The number after an option, or the preset. */
    public static int option(String[] args, String name, int preset) {
        int at = List.of(args).indexOf(name);
        return at >= 0 && at + 1 < args.length ? Integer.parseInt(args[at + 1]) : preset;
    }
}
