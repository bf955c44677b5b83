using System.Reflection;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace SecondOpinion;

/// <summary>One answer as JSON; what its members mean stands beside the reader of it, in library/opinion.ts.</summary>
internal sealed record Answer(StrictOpinion Strict, TimeSpan StrictTime, LenientOpinion Lenient, TimeSpan LenientTime)
{
    private static readonly FhirJsonSerializer Serializer = new();

    public static void WriteVersions(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("firely", VersionOf(typeof(ModelInfo).Assembly));
        writer.WriteString("dotnet", Environment.Version.ToString());
        writer.WriteEndObject();
    }

    private static string VersionOf(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return version.Split('+')[0];
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("strict");
        WriteStrict(writer);
        writer.WriteNumber("microseconds", StrictTime.TotalMicroseconds);
        writer.WriteEndObject();
        writer.WriteStartObject("lenient");
        WriteLenient(writer);
        writer.WriteNumber("microseconds", LenientTime.TotalMicroseconds);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteStrict(Utf8JsonWriter writer)
    {
        if (Strict.Thrown is not null) WriteThrown(writer, Strict.Thrown);
        writer.WriteStartArray("issues");
        foreach (var issue in Strict.Issues)
        {
            writer.WriteStartObject();
            writer.WriteString("code", issue.ErrorCode);
            writer.WriteString("path", issue.InstancePath);
            if (issue.LineNumber is { } line) writer.WriteNumber("line", line);
            if (issue.Position is { } position) writer.WriteNumber("position", position);
            writer.WriteString("severity", issue.IssueSeverity.ToString());
            writer.WriteString("message", issue.BaseErrorMessage);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (Strict.Outcome is null) return;
        writer.WritePropertyName("outcome");
        // Written again by this writer, which escapes what some readers of lines take for the end of one.
        using var outcome = JsonDocument.Parse(Serializer.SerializeToString(Strict.Outcome));
        outcome.WriteTo(writer);
    }

    private void WriteLenient(Utf8JsonWriter writer)
    {
        if (Lenient.Forwarded is not null) writer.WriteString("forwarded", Lenient.Forwarded);
        if (Lenient.Thrown is null) return;
        WriteThrown(writer, Lenient.Thrown);
        writer.WriteBoolean("read", Lenient.FailedToWrite);
    }

    private static void WriteThrown(Utf8JsonWriter writer, Exception thrown)
    {
        writer.WriteStartObject("thrown");
        writer.WriteString("type", thrown.GetType().Name);
        writer.WriteString("message", thrown.Message);
        writer.WriteEndObject();
    }
}
