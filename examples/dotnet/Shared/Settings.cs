using System.Globalization;
using System.Text.Json;

namespace Shared;

/// <summary>What the environment says; the same names as the JavaScript examples have.</summary>
/// <param name="Municipality">For which a token is asked; null where the API has the municipality in its URLs, as VKP.</param>
public sealed record Settings(
    Uri Authority,
    string WriteUrl,
    string ReadUrl,
    string ClientId,
    string PrivateJwk,
    string? Municipality,
    string Scope,
    TimeSpan Poll,
    string AcknowledgedTag)
{
    /// <summary>Nobody documents the tag of an acknowledged event: ask NHN, and set JFT_ACKNOWLEDGED_TAG.</summary>
    private const string AssumedTag = "https://fhir.jft.nhn.no/journaling-acknowledged|true";

    /// <summary>Reads the environment, and the file that HelseID's self-service gives.</summary>
    /// <exception cref="InvalidOperationException">A variable is missing; the message names it.</exception>
    public static Settings Read()
    {
        using var client = JsonDocument.Parse(File.ReadAllText(Variable("JFT_CLIENT_FILE")));
        string Member(string name) => client.RootElement.GetProperty(name).GetString() ?? "";
        return new Settings(
            new Uri(Variable("HELSEID_AUTHORITY")),
            Variable("JFT_WRITE_URL"),
            Variable("JFT_READ_URL"),
            Member("clientId"),
            Member("privateJwk"),
            Variable("JFT_MUNICIPALITY"),
            Variable("JFT_SCOPE"),
            TimeSpan.FromSeconds(double.Parse(Variable("JFT_POLL_SECONDS"), CultureInfo.InvariantCulture)),
            Environment.GetEnvironmentVariable("JFT_ACKNOWLEDGED_TAG") ?? AssumedTag);
    }

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"The environment variable {name} is missing.");
}
