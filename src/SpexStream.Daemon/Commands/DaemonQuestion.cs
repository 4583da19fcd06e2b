using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace SpexStream.Daemon.Commands;

/// <summary>Asks the daemon of this machine something over HTTP.</summary>
internal static class DaemonQuestion
{
    // A daemon that needs longer for a few words is not well; health checks have limits of their own.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Its answer, good or not.</summary>
    /// <exception cref="CommandException">There was none.</exception>
    public static async Task<(HttpStatusCode Status, string Body)> AskAsync(
        Uri place, string? token, CancellationToken cancellation)
    {
        // A proxy of the environment leads away from this machine.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Longest };
        client.DefaultRequestHeaders.Authorization =
            token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await client.GetAsync(place, cancellation);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException fault)
        {
            throw new CommandException($"{place} does not answer: {fault.Message.ReplaceLineEndings(" ")}");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(
                string.Create(CultureInfo.InvariantCulture, $"{place} has not answered in {Longest.TotalSeconds} s"));
        }
    }
}
