using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;

namespace SecondOpinion;

/// <summary>What the strict reader said: nothing, its issues with their outcome, or what it threw instead.</summary>
internal sealed record StrictOpinion(
    IReadOnlyList<ExtendedCodedException> Issues, OperationOutcome? Outcome, Exception? Thrown);

/// <summary>The reader on System.Text.Json, in its default mode: JFT's model.</summary>
internal static class StrictReader
{
    private static readonly JsonSerializerOptions Options = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    /// <summary>Reads bytes as a service does that reads the body of a request; a byte order mark is skipped then.</summary>
    public static StrictOpinion Read(byte[] payload)
    {
        try
        {
            _ = HasByteOrderMark(payload)
                ? JsonSerializer.Deserialize<Resource>(new MemoryStream(payload), Options)
                : JsonSerializer.Deserialize<Resource>(payload, Options);
            return new StrictOpinion([], null, null);
        }
        catch (DeserializationFailedException failed)
        {
            return new StrictOpinion([.. failed.Exceptions.Cast<ExtendedCodedException>()], failed.ToOperationOutcome(), null);
        }
        catch (Exception thrown)
        {
            return new StrictOpinion([], null, thrown);
        }
    }

    private static bool HasByteOrderMark(ReadOnlySpan<byte> payload) => payload.StartsWith("\uFEFF"u8);
}
