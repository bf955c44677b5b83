using System.Net;

namespace Shared;

/// <summary>A request that did not succeed.</summary>
public sealed class Trouble(string service, HttpStatusCode status, TimeSpan? retryAfter, string message, Exception? inner)
    : Exception($"{service} {message}", inner)
{
    /// <summary>It may succeed when it is repeated later; 0 stands for no answer, or not all of it.</summary>
    public bool IsTemporary => status is 0 or HttpStatusCode.TooManyRequests || (int)status >= 500;

    /// <summary>JFT may have done what it was asked; a 429 and a 503 say that it has not.</summary>
    public bool IsUnsure =>
        service == "JFT" && IsTemporary && status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable);

    public HttpStatusCode Status => status;

    /// <summary>A number or a date (RFC 9110, section 10.2.3).</summary>
    public TimeSpan? RetryAfter => retryAfter;

    public static Trouble At(string service, HttpStatusCode status, HttpResponseMessage? answer, Exception? inner)
    {
        var after = answer?.Headers.RetryAfter;
        var wait = after?.Delta ?? (after?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        var message = status == 0 ? $"gave no whole answer: {inner?.Message}" : $"answered {(int)status}";
        return new Trouble(service, status, wait, message, inner);
    }
}
