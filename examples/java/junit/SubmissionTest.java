package junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import responsecentre.Events;
import shared.Json;
import shared.Trouble;

/** A client of one's own, in a state of its own for each test. */
@ExtendWith(SandboxExtension.class)
final class SubmissionTest {
    private static HttpRequest submission(Sandbox sandbox, Object event) {
        return HttpRequest.newBuilder(URI.create(sandbox.settings().writeUrl() + "/v1/Composition"))
            .header("Content-Type", "application/fhir+json")
            .header("nhn-source-system", "Example test 1.0")
            .POST(BodyPublishers.ofString(Json.write(event)))
            .build();
    }

    private static Object note() {
        return Events.make(3).stream().filter(event -> Events.typeOf(event).equals("Composition")).findFirst().orElseThrow();
    }

    private static List<?> events(Sandbox sandbox) throws Exception {
        return (List<?>) Json.at(sandbox.control("GET", "/events", null), "events");
    }

    // docs:tests
    @Test
    void aNoteIsAccepted(Sandbox sandbox) throws Exception {
        var answer = sandbox.jft().send(submission(sandbox, note()));

        assertEquals(202, answer.statusCode());
        assertEquals(1, events(sandbox).size());
    }

    @Test
    void anotherTestSeesNothingOfIt(Sandbox sandbox) throws Exception {
        assertEquals(List.of(), events(sandbox));
    }

    @Test
    void aRefusalSaysWhy(Sandbox sandbox) {
        Object broken = Json.object("resourceType", "Composition", "author", Json.object("display", "one object"));

        var refused = assertThrows(Trouble.class, () -> sandbox.jft().send(submission(sandbox, broken)));

        assertEquals(400, refused.status());
        assertTrue(refused.getMessage().contains("Composition.author"), refused.getMessage());
    }

    @Test
    void aSubmissionSurvivesAnApiThatIsDown(Sandbox sandbox) throws Exception {
        String fault = "{\"surface\":\"jft-write\",\"step\":\"store\",\"effect\":{\"kind\":\"status\",\"status\":503},\"times\":2}";
        sandbox.control("POST", "/faults", fault);

        var answer = sandbox.jft().patiently(submission(sandbox, note()));

        assertEquals(202, answer.statusCode());
        assertEquals(1, events(sandbox).size());
    }
    // docs:end
}
