package testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A simulator for the tests of one JVM: start it once, make a sandbox for each test. */
public final class JftSimulator implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    public final String url;

    private JftSimulator(Process process) throws IOException {
        this.process = process;
        BufferedReader output = process.inputReader();
        this.url = url(output);
        Thread reader = new Thread(() -> drain(output));
        reader.setDaemon(true);
        reader.start();
    }

    /** The system picks a port. The simulator ends with its standard input, and so with this JVM, however that ends. */
    public static JftSimulator start() throws IOException {
        String jftsim = System.getProperty("jftsim", "node node_modules/jft-simulator/dist/cli/main.js");
        List<String> command = new ArrayList<>(List.of(jftsim.split(" ")));
        command.addAll(List.of("start", "--ephemeral", "--port", "0", "--until-stdin-closes"));
        return new JftSimulator(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** One line of the output is {"url":"…"}, when the simulator can be called. */
    private static String url(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine())
            if (line.startsWith("{")) return member(line, "url");
        throw new IOException("The simulator ended before it could be called.");
    }

    /** Tells each refusal, with its reason; an output that nobody reads would stop the simulator when it is full. */
    private static void drain(BufferedReader output) {
        try {
            output.lines().filter(line -> line.startsWith("refused")).forEach(System.err::println);
        } catch (UncheckedIOException closed) {
            // The simulator has ended.
        }
    }

    /** Base URL of a fresh state of its own: events, journal, clock. */
    public String newSandbox() throws IOException, InterruptedException {
        String name = UUID.randomUUID().toString();
        send("POST", url + "/_sim/sandboxes", "{\"name\":\"" + name + "\"}");
        return url + "/s/" + name;
    }

    /** A text answer of the control API or the test token service; anything but 2xx is an error. */
    public static String send(String method, String target, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(target))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 == 2) return answer.body();
        throw new IOException(method + " " + target + " answered " + answer.statusCode() + ": " + answer.body());
    }

    /** The value of a member that is a string without escapes; a project with a JSON library reads it with that. */
    public static String member(String json, String name) {
        Matcher found = Pattern.compile('"' + name + "\":\\s*\"([^\"\\\\]*)\"").matcher(json);
        if (found.find()) return found.group(1);
        throw new IllegalArgumentException("No " + name + " in " + json);
    }

    /** Ends the simulator. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
