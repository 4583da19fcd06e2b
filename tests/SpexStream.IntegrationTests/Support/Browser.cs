using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A headless Chromium with one page open, asked by its DevTools protocol. Disposing ends it.</summary>
public sealed partial class Browser : IAsyncDisposable
{
    /// <summary>Nothing that is right takes so long, on a busy machine either.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private int _id;

    private Browser(string folder, Uri page)
    {
        _process = Process.Start(new ProcessStartInfo(
            RequiresChromiumFactAttribute.Executable!,
            [
                // A container's shared memory is too small for it.
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--window-size=1400,1000",
                "--remote-debugging-port=0", $"--user-data-dir={folder}", page.AbsoluteUri,
            ])
        {
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Opens a page.</summary>
    /// <param name="folder">A folder of its own, for what it keeps.</param>
    /// <param name="page">Address of the page.</param>
    public static async Task<Browser> OpenAsync(string folder, Uri page)
    {
        var browser = new Browser(folder, page);
        try
        {
            using var limit = new CancellationTokenSource(Longest);
            var port = await browser.PortAsync(limit.Token);
            using var http = new HttpClient();
            JsonNode? target = null;
            while (target is null)
            {
                var list = JsonNode.Parse(
                    await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list"), limit.Token))!.AsArray();
                target = list.FirstOrDefault(one => (string?)one!["url"] == page.AbsoluteUri);
            }

            await browser._socket.ConnectAsync(new Uri((string)target["webSocketDebuggerUrl"]!), limit.Token);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>The page as it is now.</summary>
    public async Task<string> MarkupAsync() =>
        (string?)await ValueAsync("document.documentElement.outerHTML") ?? string.Empty;

    /// <summary>Waits until the page holds a text.</summary>
    public async Task ShowsAsync(string text)
    {
        using var limit = new CancellationTokenSource(Longest);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        string markup;
        while (!(markup = await MarkupAsync()).Contains(text, StringComparison.Ordinal))
        {
            Assert.False(limit.IsCancellationRequested, $"never shown: {text}, but {markup}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits until every picture of the page's maps has come, at least one.</summary>
    public async Task LoadsPicturesAsync()
    {
        const string AllAreThere = """
            (() => {
              const pictures = [...document.querySelectorAll("svg image")];
              return pictures.length > 0 && pictures.every(one => performance
                .getEntriesByName(new URL(one.getAttribute("href"), location).href)
                .some(entry => entry.responseEnd > 0 && entry.responseStatus === 200));
            })()
            """;
        using var limit = new CancellationTokenSource(Longest);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((bool?)await ValueAsync(AllAreThere) != true)
        {
            Assert.False(limit.IsCancellationRequested, "the pictures never came");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>The page as a PNG.</summary>
    public async Task<byte[]> PictureAsync() =>
        Convert.FromBase64String((string)(await AskAsync("Page.captureScreenshot", []))["data"]!);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<string> PortAsync(CancellationToken cancellation)
    {
        while (await _process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
            {
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                return found.Groups[1].Value;
            }
        }

        throw new InvalidOperationException("the browser ended");
    }

    // None while the page is being put in place of the empty one that the browser begins with.
    private async Task<JsonNode?> ValueAsync(string expression) => (await AskAsync(
        "Runtime.evaluate", new JsonObject { ["expression"] = expression }))["result"]?["value"];

    private async Task<JsonNode> AskAsync(string method, JsonObject parameters)
    {
        using var limit = new CancellationTokenSource(Longest);
        var question = new JsonObject { ["id"] = ++_id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(question.ToJsonString()), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            using var answer = new MemoryStream();
            var buffer = new byte[1 << 16];
            WebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer, limit.Token);
                answer.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            var message = JsonNode.Parse(answer.ToArray())!;
            // Events come in between.
            if ((int?)message["id"] == _id)
            {
                return message["result"] ?? throw new InvalidOperationException(message.ToJsonString());
            }
        }
    }

    [GeneratedRegex(@"DevTools listening on ws://[^:]+:(\d+)/")]
    private static partial Regex Listening();
}
