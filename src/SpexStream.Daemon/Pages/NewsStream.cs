using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using SpexStream.Daemon.Status;

namespace SpexStream.Daemon.Pages;

/// <summary>What happens, as server-sent events (WHATWG HTML, "Server-sent events"): <c>news</c> with an item, and
/// <c>stir</c> when figures have changed, at most two a second.</summary>
internal static class NewsStream
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <summary>Writes until the other side, or the daemon, goes.</summary>
    public static async Task WriteAsync(
        HttpContext request, News news, TimeProvider time, CancellationToken stopping)
    {
        if (news.TryListen() is not { } reader)
        {
            request.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await request.Response.WriteAsync($"{News.MostListeners} others look on already\n", request.RequestAborted);
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(request.RequestAborted, stopping);
        try
        {
            request.Response.ContentType = "text/event-stream";
            await SayAsync(request, "retry: 3000\n\n", ends.Token);
            while (true)
            {
                await SayAsync(request, await NextAsync(reader, time, ends.Token), ends.Token);
                await Task.Delay(Between, time, ends.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // Whoever looked on has gone, or the daemon goes: both are the ordinary end.
        }
        finally
        {
            news.Leave(reader);
        }
    }

    // All that came meanwhile in one piece; a comment after a while without any, which shows who has gone.
    private static async Task<string> NextAsync(
        ChannelReader<NewsItem?> reader, TimeProvider time, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Quiet, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ": nothing new\n\n";
        }

        var text = new System.Text.StringBuilder();
        var hasStirred = false;
        while (reader.TryRead(out var item))
        {
            hasStirred |= item is null;
            if (item is not null)
            {
                text.Append("event: news\ndata: ")
                    .Append(JsonSerializer.Serialize(item, StatusJson.Compact.NewsItem)).Append("\n\n");
            }
        }

        return hasStirred ? text.Append("event: stir\ndata:\n\n").ToString() : text.ToString();
    }

    private static async Task SayAsync(HttpContext request, string text, CancellationToken cancellation)
    {
        await request.Response.WriteAsync(text, cancellation);
        await request.Response.Body.FlushAsync(cancellation);
    }
}
