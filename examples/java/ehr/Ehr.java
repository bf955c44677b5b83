package ehr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import shared.JdkTokens;
import shared.JftClient;
import shared.Json;
import shared.Program;
import shared.Settings;

/**
 * A record system: fetches the events that are not acknowledged, journals each once, and acknowledges it. Runs until SIGTERM;
 * with --until-empty, until two rounds in a row find nothing new.
 */
public final class Ehr {
    private static final List<String> TYPES = List.of("Bundle", "Composition", "MedicationDispense");

    private final Settings settings;
    private final JftClient jft;

    /** A real record system has these ids in its database. */
    private final Set<String> journaled = new HashSet<>();

    private Ehr(Settings settings, JftClient jft) {
        this.settings = settings;
        this.jft = jft;
    }

    public static void main(String[] args) {
        Program.run(JdkTokens::new, program(args));
    }

    /** What it does, whoever makes its tokens. */
    public static BiPredicate<Settings, JftClient> program(String[] args) {
        boolean untilEmpty = List.of(args).contains("--until-empty");
        return (settings, jft) -> new Ehr(settings, jft).run(untilEmpty);
    }

    private record Event(String type, String id) {
        @Override
        public String toString() {
            return type + "/" + id;
        }
    }

    private boolean run(boolean untilEmpty) {
        for (int emptyRounds = 0; emptyRounds < 2; JftClient.rest(settings.poll())) {
            int found = 0;
            for (String type : TYPES) {
                List<Event> events = poll(type);
                events.forEach(this::acknowledge);
                found += events.size();
            }
            emptyRounds = untilEmpty && found == 0 ? emptyRounds + 1 : 0;
        }
        JftClient.say("done: all that was fetched is journaled and acknowledged");
        return true;
    }

    // docs:poll
    private List<Event> poll(String type) {
        List<Event> found = new ArrayList<>();
        String first = settings.readUrl() + "/v1/" + type + "?_tag:not=" + URLEncoder.encode(settings.acknowledgedTag(), UTF_8);
        // The link is JFT's: it is followed as it is, with no look into the cursor and no parameter more.
        for (String url = first; url != null; ) {
            Object page = Json.parse(get(url).body());
            for (Object entry : Json.list(page, "entry")) {
                Event event = new Event(Json.text(entry, "resource", "resourceType"), Json.text(entry, "resource", "id"));
                // A page may have an event that was on another page before.
                if (journaled.add(event.id())) found.add(event);
            }
            url = JftClient.next(page);
        }
        found.forEach(event -> JftClient.say("journaled " + event));
        return found;
    }
    // docs:end

    private void acknowledge(Event event) {
        URI url = URI.create(settings.writeUrl() + "/v1/" + event + "/$journaling-acknowledged");
        HttpRequest request = HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()).build();
        jft.patiently(() -> jft.send(request), trouble -> trouble.isUnsure() ? acknowledgement(event) : Optional.empty());
        JftClient.say("acknowledged " + event);
    }

    /** The status, where it says that the event is acknowledged. */
    private Optional<HttpResponse<String>> acknowledgement(Event event) {
        HttpResponse<String> status = get(settings.readUrl() + "/v1/" + event + "/$status");
        boolean isThere = Json.text(Json.parse(status.body()), "journalingAcknowledged") != null;
        return isThere ? Optional.of(status) : Optional.empty();
    }

    private HttpResponse<String> get(String url) {
        return jft.patiently(HttpRequest.newBuilder(URI.create(url)).build());
    }
}
