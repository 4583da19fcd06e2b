using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using SpexStream.Daemon.Pages;
using SpexStream.Daemon.Status;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pages;

public sealed class NewsStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly HandClock _clock = new();
    private readonly News _news;
    private readonly Said _said = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _limit = new(Limit);
    private readonly DefaultHttpContext _request = new();
    private Task _writing = Task.CompletedTask;

    public NewsStreamTests() => _news = new News(_clock);

    public async Task InitializeAsync()
    {
        _request.Response.Body = _said;
        _writing = NewsStream.WriteAsync(_request, _news, _clock, _stop.Token);
        Assert.Equal("retry: 3000\n\n", await _said.NextAsync(_limit.Token));
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _writing.WaitAsync(Limit);
        _stop.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task Where_nothing_happens_a_comment_shows_by_the_given_clock_who_has_gone()
    {
        var patience = await _clock.NextAsync(_limit.Token);
        Assert.Equal(TimeSpan.FromSeconds(15), patience.Due);
        patience.Fire();
        Assert.Equal(": nothing new\n\n", await _said.NextAsync(_limit.Token));
    }

    [Fact]
    public async Task What_comes_within_half_a_second_by_the_given_clock_is_said_in_one_piece()
    {
        await _clock.NextAsync(_limit.Token);
        _news.Tell("scene", "s1", "opened");
        Assert.Contains("\"s1\"", await _said.NextAsync(_limit.Token), StringComparison.Ordinal);

        var pause = await _clock.NextAsync(_limit.Token);
        Assert.Equal(TimeSpan.FromSeconds(0.5), pause.Due);
        _news.Tell("scene", "s2", "opened");
        _news.Stir();
        _news.Stir();
        _news.Tell("scene", "s3", "opened");
        Assert.False(_said.HasMore);
        pause.Fire();
        var piece = await _said.NextAsync(_limit.Token);
        Assert.Equal(
            ["news", "news", "stir"],
            piece.Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal))
                .Select(line => line["event: ".Length..]));
    }

    [Fact]
    public async Task One_more_than_there_are_places_is_told_so()
    {
        for (var number = 1; number < News.MostListeners; number++)
        {
            Assert.NotNull(_news.TryListen());
        }

        var (request, said) = (new DefaultHttpContext(), new Said());
        request.Response.Body = said;
        await NewsStream.WriteAsync(request, _news, _clock, _stop.Token);
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, request.Response.StatusCode);
        Assert.Contains("look on already", await said.NextAsync(_limit.Token), StringComparison.Ordinal);
    }

    /// <summary>What was written, piece by piece.</summary>
    private sealed class Said : MemoryStream
    {
        private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>();

        public bool HasMore => _pieces.Reader.TryPeek(out _);

        public async Task<string> NextAsync(CancellationToken cancellation) =>
            await _pieces.Reader.ReadAsync(cancellation);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _pieces.Writer.WriteAsync(Encoding.UTF8.GetString(buffer.Span), cancellationToken);
    }
}
