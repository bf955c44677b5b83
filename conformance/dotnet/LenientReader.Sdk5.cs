#if SDK5
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace SecondOpinion;

internal static partial class LenientReader
{
    private static readonly FhirJsonParser Parser = new(new ParserSettings { PermissiveParsing = true });

    private static Base Parse(string text, Type type) => Parser.Parse(text, type);
}
#endif
