package responsecentre;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import shared.Json;

/** Synthetic events: notes as a Composition, doses as a MedicationDispense, alarms as a Bundle. */
public final class Events {
    private static final String NATIONAL_IDENTIFIER = "urn:oid:2.16.578.1.12.4.1.4.1";

    private Events() {}

    public static List<Map<String, Object>> make(int count) {
        return IntStream.range(0, count).mapToObj(index -> index % 3 == 0 ? note() : index % 3 == 1 ? dose() : alarm()).toList();
    }

    public static String typeOf(Object resource) {
        return Json.text(resource, "resourceType");
    }

    /** By which the sender knows an event again, since JFT gives it an id of its own. */
    static String identifierOf(Object resource) {
        String listed = Json.text(resource, "identifier", 0, "value");
        return listed != null ? listed : Json.text(resource, "identifier", "value");
    }

    private static Map<String, Object> note() {
        String text = "<div xmlns=\"http://www.w3.org/1999/xhtml\">Ringte bruker, alt i orden.</div>";
        return Json.object(
            "resourceType", "Composition",
            "identifier", newIdentifier(),
            "status", "final",
            "type", concept("http://loinc.org", "34133-9", "Summary of episode note"),
            "subject", person("02850097219", "NONFIGURATIV HESTESKO"),
            "date", now(),
            "author", List.of(person("11845599620", "KRASS DALSIDE")),
            "title", "Journalnotat for respons på hendelse",
            "section", List.of(Json.object("title", "Notat", "text", Json.object("status", "additional", "div", text))));
    }

    private static Map<String, Object> dose() {
        return Json.object(
            "resourceType", "MedicationDispense",
            "identifier", List.of(newIdentifier()),
            "status", "completed",
            "medicationCodeableConcept", Json.object("text", "Ukjent medisin"),
            "subject", person("02850097219", "NONFIGURATIV HESTESKO"),
            "performer", List.of(Json.object("actor", Json.object("display", "Dispenser D-1001"))),
            "whenHandedOver", now());
    }

    private static Map<String, Object> alarm() {
        return Json.object(
            "resourceType", "Bundle",
            "identifier", newIdentifier(),
            "type", "document",
            "timestamp", now(),
            "entry", List.of(Json.object("fullUrl", "urn:uuid:" + UUID.randomUUID(), "resource", note())));
    }

    private static Map<String, Object> newIdentifier() {
        return Json.object("system", "urn:ietf:rfc:3986", "value", "urn:uuid:" + UUID.randomUUID());
    }

    private static Map<String, Object> person(String number, String name) {
        return Json.object("identifier", Json.object("system", NATIONAL_IDENTIFIER, "value", number), "display", name);
    }

    private static Map<String, Object> concept(String system, String code, String display) {
        return Json.object("coding", List.of(Json.object("system", system, "code", code, "display", display)));
    }

    /** With an offset, as FHIR wants it of an instant. */
    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
