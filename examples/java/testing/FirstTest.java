package testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

public final class FirstTest {
    public static void main(String[] args) throws Exception {
        try (JftSimulator simulator = JftSimulator.start()) {
            String base = simulator.newSandbox();
            String target = base + "/write/v1/Composition";
            String token = JftSimulator.send("POST", base + "/ttt/v2/create-test-token-with-key", """
                { "audience": "nhn:jft",
                  "createDPoPTokenWithDPoPProof": true,
                  "dPoPProofParameters": { "htuClaimValue": "%s", "htmClaimValue": "POST" },
                  "clientClaimsParameters": { "scope": ["nhn:jft/api"], "orgnrParent": "313231593" } }
                """.formatted(target));

            HttpRequest submission = HttpRequest.newBuilder(URI.create(target))
                .header("Authorization", "DPoP " + JftSimulator.member(token, "accessTokenJwt"))
                .header("DPoP", JftSimulator.member(token, "dPoPProof"))
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofFile(Path.of("events", "note-1.json")))
                .build();
            HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpResponse<String> answer = http.send(submission, BodyHandlers.ofString());
            System.out.println(answer.statusCode() + " " + answer.headers().firstValue("Location").orElse(""));

            System.out.println(JftSimulator.send("GET", base + "/_sim/events", null));
            System.out.println(JftSimulator.send("GET", base + "/_sim/exchanges?refused=true", null));
        }
    }
}
