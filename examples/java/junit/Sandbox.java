package junit;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import shared.JdkTokens;
import shared.JftClient;
import shared.Json;
import shared.Settings;
import testing.JftSimulator;

/** What a test has: the base URL of a state of its own, and a client of JFT in it. */
public record Sandbox(String url, Settings settings, JftClient jft) {
    /** The ready-made client that acts for all municipalities. */
    private static final String CLIENT = "acdc0123-acdc-0123-4567-0123456789ac";

    static Sandbox of(JftSimulator simulator) throws IOException, InterruptedException {
        String url = simulator.newSandbox();
        Object client = Json.parse(JftSimulator.send("GET", url + "/_sim/clients/" + CLIENT, null));
        Settings settings = new Settings(
            url + "/helseid", url + "/write", url + "/read", Json.text(client, "clientId"), Json.text(client, "privateJwk"),
            "313231593", "nhn:jft/api", Duration.ofSeconds(1), "");
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new Sandbox(url, settings, new JftClient(http, new JdkTokens(settings, http)));
    }

    /** An answer of the control API of this sandbox. */
    Object control(String method, String path, String body) throws IOException, InterruptedException {
        return Json.parse(JftSimulator.send(method, url + "/_sim" + path, body));
    }
}
