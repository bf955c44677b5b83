using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

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

    /// <summary>
    /// The resource type that an endpoint for this payload reads: the one that the root names, where the text is JSON, else
    /// any resource. A service knows it from its endpoint; it shows in places only.
    /// </summary>
    public static Type TypeOf(string text)
    {
        var type = RootTypeName(text) is { } name ? ModelInfo.GetTypeForFhirType(name) : null;
        return type is not null && typeof(Resource).IsAssignableFrom(type) ? type : typeof(Resource);
    }

    /// <summary>Reads a text, and writes what was read.</summary>
    public static LenientOpinion Read(string text, Type type)
    {
        Resource resource;
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
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = int.MaxValue });
            var isNamed = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("resourceType", out var named)
                && named.ValueKind == JsonValueKind.String;
            return isNamed ? document.RootElement.GetProperty("resourceType").GetString() : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
