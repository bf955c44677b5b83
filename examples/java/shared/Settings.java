package shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** What the environment says; the same names as the JavaScript examples have. */
public record Settings(
    String authority,
    String writeUrl,
    String readUrl,
    String clientId,
    String privateJwk,
    String municipality,
    String scope,
    Duration poll,
    String acknowledgedTag) {

    /** Nobody documents the tag of an acknowledged event: ask NHN, and set JFT_ACKNOWLEDGED_TAG. */
    private static final String ASSUMED_TAG = "https://fhir.jft.nhn.no/journaling-acknowledged|true";

    /**
     * Reads the environment, and the file that HelseID's self-service gives.
     *
     * @throws IllegalStateException a variable is missing, or its file; the message names it
     */
    public static Settings read() {
        Object client = client(Path.of(variable("JFT_CLIENT_FILE")));
        return new Settings(
            variable("HELSEID_AUTHORITY"),
            variable("JFT_WRITE_URL"),
            variable("JFT_READ_URL"),
            Json.text(client, "clientId"),
            Json.text(client, "privateJwk"),
            variable("JFT_MUNICIPALITY"),
            variable("JFT_SCOPE"),
            Duration.ofMillis((long) (Double.parseDouble(variable("JFT_POLL_SECONDS")) * 1000)),
            Objects.requireNonNullElse(System.getenv("JFT_ACKNOWLEDGED_TAG"), ASSUMED_TAG));
    }

    private static Object client(Path file) {
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException error) {
            throw new IllegalStateException("JFT_CLIENT_FILE: " + file + " cannot be read: " + error.getMessage());
        }
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) throw new IllegalStateException("The environment variable " + name + " is missing.");
        return value;
    }
}
