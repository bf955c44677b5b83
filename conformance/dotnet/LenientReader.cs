using System.Text;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Newtonsoft.Json;

namespace SecondOpinion;

/// <summary>What the lenient reader said: the text that it writes of what it read, or what it threw.</summary>
internal sealed record LenientOpinion(string? Forwarded, Exception? Thrown, bool FailedToWrite);

/// <summary>The reader from before System.Text.Json, permissive, and its writer: VKP's model.</summary>
internal static partial class LenientReader
{
    /// <summary>The text of the bytes, as a StreamReader decodes a request's body.</summary>
    public static string Decode(byte[] payload)
    {
        using var reader = new StreamReader(new MemoryStream(payload), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The type that an endpoint for this payload reads: the one that its root names, else any resource.</summary>
    public static Type TypeOf(string text)
    {
        try
        {
            return ModelInfo.GetTypeForFhirType(RootTypeName(text) ?? "") ?? typeof(Resource);
        }
        catch (JsonException)
        {
            return typeof(Resource);
        }
    }

    /// <summary>Reads a text, and writes what was read.</summary>
    public static LenientOpinion Read(string text, Type type)
    {
        Base resource;
        try
        {
            resource = Parse(text, type);
        }
        catch (Exception thrown)
        {
            return new LenientOpinion(null, thrown, FailedToWrite: false);
        }
        try
        {
            return new LenientOpinion(new FhirJsonSerializer().SerializeToString(resource), null, FailedToWrite: false);
        }
        catch (Exception thrown)
        {
            return new LenientOpinion(null, thrown, FailedToWrite: true);
        }
    }

    private static string? RootTypeName(string text)
    {
        string? name = null;
        using var reader = new JsonTextReader(new StringReader(text)) { MaxDepth = null, DateParseHandling = DateParseHandling.None };
        while (reader.Read())
        {
            if (reader is { Depth: 1, TokenType: JsonToken.PropertyName, Value: "resourceType" }) name = reader.ReadAsString();
        }
        return name;
    }
}
