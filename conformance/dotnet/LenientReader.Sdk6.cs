#if SDK6
using System.Linq.Expressions;
using Hl7.Fhir.ElementModel;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace SecondOpinion;

/// <summary>
/// Version 6 has the parts of the old reader still, but no door to them: FhirJsonParser is the strict reader there. The JSON
/// is read by FhirJsonNode, and the resource built by the internal LegacyPocoBuilder, as version 5 does it.
/// </summary>
internal static partial class LenientReader
{
    private static readonly FhirJsonParsingSettings JsonSettings = new() { AllowJsonComments = false, PermissiveParsing = true };
    private static readonly Func<ISourceNode, Type, Base> Build = FindBuilder();

    private static Resource Parse(string text, Type type) =>
        (Resource)Build(FhirJsonNode.Parse(text, ModelInfo.GetFhirTypeNameForType(type), JsonSettings), type);

    private static Func<ISourceNode, Type, Base> FindBuilder()
    {
        var type = typeof(PocoBuilderSettings).Assembly.GetType("Hl7.Fhir.Serialization.LegacyPocoBuilder", throwOnError: true)!;
        var builder = Activator.CreateInstance(type, ModelInfo.ModelInspector, new PocoBuilderSettings());
        var build = type.GetMethod("BuildFrom", [typeof(ISourceNode), typeof(Type)])!;
        return build.CreateDelegate<Func<ISourceNode, Type, Base>>(builder);
    }
}
#endif
