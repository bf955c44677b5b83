#if SDK5
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace SecondOpinion;

internal static partial class LenientReader
{
    private static readonly FhirJsonParser Parser = new(new ParserSettings { PermissiveParsing = true });

    // As the generic Parse does: what is read as something else than a resource fails here.
    private static Resource Parse(string text, Type type) => (Resource)Parser.Parse(text, type);
}
#endif
