using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace SecondOpinion;

/// <summary>
/// Answers, line by line and in the order of the questions, what the Firely .NET SDK says of a payload. A question is a JSON
/// string with the payload's bytes in base64; an answer is one JSON object. The first line written names the versions. Ends
/// with the standard input.
/// </summary>
internal static class Program
{
    private static void Main()
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        using var output = Console.OpenStandardOutput();
        Write(output, Answer.WriteVersions);
        while (input.ReadLine() is { } line) Write(output, OpinionOn(JsonSerializer.Deserialize<byte[]>(line) ?? []).WriteTo);
    }

    private static Answer OpinionOn(byte[] payload)
    {
        var began = Stopwatch.GetTimestamp();
        var strict = StrictReader.Read(payload);
        var strictTime = Stopwatch.GetElapsedTime(began);
        var text = LenientReader.Decode(payload);
        var type = LenientReader.TypeOf(text);
        began = Stopwatch.GetTimestamp();
        var lenient = LenientReader.Read(text, type);
        return new Answer(strict, strictTime, lenient, Stopwatch.GetElapsedTime(began));
    }

    private static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        buffer.Write("\n"u8);
        output.Write(buffer.WrittenSpan);
    }
}
