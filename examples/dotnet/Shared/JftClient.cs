using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Shared;

/// <summary>An answer that was read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, Uri? Location);

/// <summary>What every client of JFT's two APIs needs: a token and a proof, and patience.</summary>
public sealed class JftClient(HttpClient http, ITokens tokens, CancellationToken stop)
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>The newest nonce of each API (RFC 9449, section 8.2).</summary>
    private readonly Dictionary<string, string> nonces = [];

    /// <summary>
    /// Repeats a request until it succeeds or is refused for good. After each wait, <paramref name="done"/> may find that it was
    /// done already.
    /// </summary>
    public async Task<Answer> PatientlyAsync(Func<HttpRequestMessage> request, Func<Trouble, Task<Answer?>>? done = null)
    {
        for (var attempt = 0; ; attempt += 1)
        {
            try
            {
                return await SendAsync(request);
            }
            catch (Trouble trouble) when (trouble.IsTemporary)
            {
                var wait = WaitFor(trouble, attempt);
                Say($"{trouble.Message}; waits {wait.TotalSeconds:0.0} s");
                await Task.Delay(wait, stop);
                if (done != null && await done(trouble) is { } found) return found;
            }
        }
    }

    /// <summary>Sends a request, and once more where JFT wants a nonce or a new token.</summary>
    private async Task<Answer> SendAsync(Func<HttpRequestMessage> request)
    {
        var (hadNonce, hadToken) = (false, false);
        while (true)
        {
            var (answer, response) = await TryAsync(request());
            if (answer.Status != HttpStatusCode.Unauthorized) return Accepted(answer, response);
            var wantsNonce = response.Headers.WwwAuthenticate.ToString().Contains("use_dpop_nonce", StringComparison.Ordinal);
            if (wantsNonce ? hadNonce : hadToken) throw Trouble.At("JFT", answer.Status, response, null);
            if (wantsNonce) hadNonce = true;
            else hadToken = true;
            if (!wantsNonce) tokens.Forget();
        }
    }

    private async Task<(Answer, HttpResponseMessage)> TryAsync(HttpRequestMessage request)
    {
        await AuthorizeAsync(request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeOut);
        try
        {
            using var response = await http.SendAsync(request, limit.Token);
            if (response.Headers.TryGetValues("DPoP-Nonce", out var nonce)) nonces[request.RequestUri!.Authority] = nonce.First();
            return (new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(limit.Token), response.Headers.Location), response);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw Trouble.At("JFT", 0, null, error);
        }
    }

    private static Answer Accepted(Answer answer, HttpResponseMessage response)
    {
        // A proxy's page of errors may have any status.
        var isJson = answer.Text == "" || (response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) ?? false);
        if ((int)answer.Status < 300 && isJson) return answer;
        throw Trouble.At("JFT", (int)answer.Status < 300 ? 0 : answer.Status, response, null);
    }

    private async Task AuthorizeAsync(HttpRequestMessage request)
    {
        var url = request.RequestUri!;
        var token = await tokens.TokenAsync(stop);
        request.Headers.Authorization = new AuthenticationHeaderValue("DPoP", token);
        request.Headers.Add("DPoP", await tokens.ProofAsync(request.Method, url, token, nonces.GetValueOrDefault(url.Authority)));
    }

    private static TimeSpan WaitFor(Trouble trouble, int attempt)
    {
        var backOff = TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << Math.Min(attempt, 16), LongestWait.Ticks));
        var jittered = backOff * (0.75 + Random.Shared.NextDouble() / 2);
        return trouble.RetryAfter is { } asked && asked > jittered ? asked : jittered;
    }

    /// <summary>A FHIR resource as the body of a request.</summary>
    public static HttpContent Fhir(string json) => new StringContent(json, Encoding.UTF8, "application/fhir+json");

    /// <summary>One line for one thing done.</summary>
    public static void Say(string line) => Console.WriteLine($"{DateTime.UtcNow:O} {line}");
}
