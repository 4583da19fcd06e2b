using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Daemon.Hosting;
using Xunit;

namespace SpexStream.Tests.Hosting;

public sealed class BackgroundTests
{
    [Fact]
    public async Task A_part_that_ends_by_a_fault_is_told_while_the_others_go_on()
    {
        var (background, others) = (new Background(NullLogger.Instance), new TaskCompletionSource());
        var watched = background.WatchAsync("housekeeping", others.Task);
        Assert.Null(background.Trouble);
        await Assert.ThrowsAsync<InvalidOperationException>(() => background.WatchAsync(
            "the taking of commands", Task.FromException(new InvalidOperationException("broke"))));
        Assert.StartsWith("the taking of commands ended", background.Trouble, StringComparison.Ordinal);
        Assert.False(watched.IsCompleted);
    }

    [Fact]
    public async Task A_part_that_is_told_to_stop_has_not_ended_by_a_fault()
    {
        var background = new Background(NullLogger.Instance);
        await background.WatchAsync("housekeeping", Task.FromCanceled(new CancellationToken(canceled: true)));
        Assert.Null(background.Trouble);
    }
}
