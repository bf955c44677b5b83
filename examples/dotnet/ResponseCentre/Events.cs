using Hl7.Fhir.Model;

namespace ResponseCentre;

/// <summary>Synthetic events: notes as a Composition, doses as a MedicationDispense, alarms as a Bundle.</summary>
internal static class Events
{
    private const string NationalIdentifier = "urn:oid:2.16.578.1.12.4.1.4.1";

    public static IReadOnlyList<Resource> Make(int count) =>
        [.. Enumerable.Range(0, count).Select(index => (index % 3) switch { 0 => Note(), 1 => Dose(), _ => Alarm() })];

    /// <summary>By which the sender knows an event again, since JFT gives it an id of its own.</summary>
    public static string? IdentifierOf(Resource? resource) => resource switch
    {
        Composition { Identifier: { } identifier } => identifier.Value,
        MedicationDispense { Identifier: [{ } identifier, ..] } => identifier.Value,
        Bundle { Identifier: { } identifier } => identifier.Value,
        _ => null,
    };

    private static Resource Note() => new Composition
    {
        Identifier = New(),
        Status = CompositionStatus.Final,
        Type = new CodeableConcept("http://loinc.org", "34133-9", "Summary of episode note", null),
        Subject = Person("02850097219", "NONFIGURATIV HESTESKO"),
        DateElement = new FhirDateTime(DateTimeOffset.UtcNow),
        Author = [Person("11845599620", "KRASS DALSIDE")],
        Title = "Journalnotat for respons på hendelse",
        Section =
        [
            new Composition.SectionComponent
            {
                Title = "Notat",
                Text = new Narrative("<div xmlns=\"http://www.w3.org/1999/xhtml\">Ringte bruker, alt i orden.</div>") { Status = Narrative.NarrativeStatus.Additional },
            },
        ],
    };

    private static Resource Dose() => new MedicationDispense
    {
        Identifier = [New()],
        Status = MedicationDispense.MedicationDispenseStatusCodes.Completed,
        Medication = new CodeableConcept { Text = "Ukjent medisin" },
        Subject = Person("02850097219", "NONFIGURATIV HESTESKO"),
        Performer = [new MedicationDispense.PerformerComponent { Actor = new ResourceReference { Display = "Dispenser D-1001" } }],
        WhenHandedOverElement = new FhirDateTime(DateTimeOffset.UtcNow),
    };

    private static Resource Alarm() => new Bundle
    {
        Identifier = New(),
        Type = Bundle.BundleType.Document,
        Timestamp = DateTimeOffset.UtcNow,
        Entry = [new Bundle.EntryComponent { FullUrl = $"urn:uuid:{Guid.NewGuid()}", Resource = Note() }],
    };

    private static Identifier New() => new("urn:ietf:rfc:3986", $"urn:uuid:{Guid.NewGuid()}");

    private static ResourceReference Person(string number, string name) =>
        new() { Identifier = new Identifier(NationalIdentifier, number), Display = name };
}
