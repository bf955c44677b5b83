package responsecentre;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import shared.JdkTokens;
import shared.JftClient;
import shared.Json;
import shared.Program;
import shared.Settings;
import shared.Trouble;

/**
 * A response centre: submits --count notes, doses and alarms, and follows the status of each until a record system has
 * acknowledged it, or --wait seconds are over.
 */
public final class ResponseCentre {
    /** How often JFT is searched for an event that it may have, before the event is sent again. */
    private static final int LOOKS = 3;

    /** JFT may need a moment to register an event. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    /** By which JFT's clock may be behind. */
    private static final Duration SKEW = Duration.ofSeconds(10);

    /** The members of a status, in the order in which they get a time. */
    private static final List<String> STAGES = List.of("failed", "journalingAcknowledged", "read", "registered");

    private static final Set<String> LAST = Set.of("failed", "journalingAcknowledged");

    private final Settings settings;
    private final JftClient jft;

    private ResponseCentre(Settings settings, JftClient jft) {
        this.settings = settings;
        this.jft = jft;
    }

    public static void main(String[] args) {
        Program.run(JdkTokens::new, program(args));
    }

    /** What it does, whoever makes its tokens. */
    public static BiPredicate<Settings, JftClient> program(String[] args) {
        int count = Program.option(args, "--count", 5);
        Duration wait = Duration.ofSeconds(Program.option(args, "--wait", 10));
        return (settings, jft) -> new ResponseCentre(settings, jft).run(Events.make(count), wait);
    }

    private boolean run(List<Map<String, Object>> events, Duration wait) {
        List<String> submitted = events.stream().flatMap(event -> submitOrGiveUp(event).stream()).toList();
        return follow(submitted, Instant.now().plus(wait)) && submitted.size() == events.size();
    }

    /** What JFT refuses now it will refuse again: somebody must look at it. */
    private Optional<String> submitOrGiveUp(Object event) {
        try {
            return Optional.of(submit(event));
        } catch (Trouble refused) {
            JftClient.say("gave up " + Events.typeOf(event) + ": " + refused.getMessage());
            return Optional.empty();
        }
    }

    // docs:submit
    /** A broken connection does not tell whether JFT has the event: a second copy would stand in the health record. */
    private String submit(Object event) {
        // The JDK's clock has nanoseconds: more digits than JFT takes in _lastUpdated.
        Instant since = Instant.now().minus(SKEW).truncatedTo(ChronoUnit.MILLIS);
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.writeUrl() + "/v1/" + Events.typeOf(event)))
            .header("Content-Type", "application/fhir+json")
            .header("nhn-source-system", "Example response centre 1.0")
            .POST(BodyPublishers.ofString(Json.write(event)))
            .build();
        String status = jft.patiently(
            () -> jft.send(request).headers().firstValue("Location").orElseThrow(),
            trouble -> trouble.isUnsure() ? find(event, since) : Optional.empty());
        JftClient.say("submitted " + Events.typeOf(event) + ": " + status);
        return status;
    }
    // docs:end

    /** The URL of the status, where JFT has the event. */
    private Optional<String> find(Object event, Instant since) {
        for (int look = 1; look <= LOOKS; look += 1) {
            Optional<String> id = findId(event, since);
            if (id.isPresent()) return id.map(found -> settings.readUrl() + "/v1/" + Events.typeOf(event) + "/" + found + "/$status");
            JftClient.rest(BETWEEN_LOOKS);
        }
        return Optional.empty();
    }

    /** JFT cannot search by identifier, so the few events since then are looked through. */
    private Optional<String> findId(Object event, Instant since) {
        String filter = "_lastUpdated=" + URLEncoder.encode("ge" + since, UTF_8);
        for (String url = settings.readUrl() + "/v1/" + Events.typeOf(event) + "?" + filter; url != null; ) {
            Object page = Json.parse(get(url).body());
            Optional<String> id = Json.list(page, "entry").stream()
                .map(entry -> Json.at(entry, "resource"))
                .filter(kept -> Events.identifierOf(event).equals(Events.identifierOf(kept)))
                .map(kept -> Json.text(kept, "id"))
                .findFirst();
            if (id.isPresent()) return id;
            url = JftClient.next(page);
        }
        return Optional.empty();
    }

    /** Whether JFT has registered all, and refused none. */
    private boolean follow(List<String> submitted, Instant until) {
        Map<String, String> stages = new LinkedHashMap<>();
        submitted.forEach(url -> stages.put(url, "submitted"));
        Predicate<String> isOpen = url -> !LAST.contains(stages.get(url));
        while (submitted.stream().anyMatch(isOpen) && Instant.now().isBefore(until)) {
            for (String url : submitted.stream().filter(isOpen).toList()) {
                String stage = stageOf(url, stages.get(url));
                if (!stage.equals(stages.put(url, stage))) JftClient.say(stage + ": " + url);
            }
            if (submitted.stream().anyMatch(isOpen)) JftClient.rest(settings.poll());
        }
        return stages.values().stream().noneMatch(stage -> Set.of("submitted", "failed").contains(stage));
    }

    /** The last member of the status that has a time. The status may be there a little later than the event. */
    private String stageOf(String url, String known) {
        try {
            Object status = Json.parse(get(url).body());
            Stream<String> reached = STAGES.stream().filter(stage -> Json.text(status, stage) != null);
            return reached.findFirst().orElse(known);
        } catch (Trouble trouble) {
            if (trouble.status() == 404) return known;
            throw trouble;
        }
    }

    private HttpResponse<String> get(String url) {
        return jft.patiently(HttpRequest.newBuilder(URI.create(url)).build());
    }
}
