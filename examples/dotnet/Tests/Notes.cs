using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Tests;

/// <summary>A synthetic note.</summary>
internal static class Notes
{
    private static readonly ResourceReference Person = new()
    {
        Identifier = new Identifier("urn:oid:2.16.578.1.12.4.1.4.1", "02850097219"),
        Display = "NONFIGURATIV HESTESKO",
    };

    public static Composition Make() => new()
    {
        Status = CompositionStatus.Final,
        Type = new CodeableConcept("http://loinc.org", "34133-9"),
        Subject = Person,
        DateElement = new FhirDateTime("2026-01-01T12:00:00Z"),
        Author = [Person],
        Title = "Journalnotat",
        Section = [new Composition.SectionComponent { Text = new Narrative("<div xmlns=\"http://www.w3.org/1999/xhtml\">Alt i orden.</div>") { Status = Narrative.NarrativeStatus.Additional } }],
    };

    public static string Json(Base resource) => new FhirJsonSerializer().SerializeToString(resource);
}
