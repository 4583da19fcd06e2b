using SpexStream.Domain.Reliability;
using Xunit;

namespace SpexStream.Tests.Reliability;

public sealed class TogetherTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_fault_of_one_ends_the_others_and_is_told_at_once()
    {
        var ended = false;
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Together.RunAsync(
            CancellationToken.None,
            async stop =>
            {
                await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                ended = true;
            },
            stop => Task.Delay(Timeout.Infinite, stop),
            _ => throw new InvalidOperationException("broken")).WaitAsync(Soon));
        Assert.Equal("broken", fault.Message);
        Assert.True(ended);
    }

    [Fact]
    public async Task One_that_has_nothing_left_to_do_ends_alone()
    {
        using var stop = new CancellationTokenSource();
        var running = Together.RunAsync(
            stop.Token, _ => Task.CompletedTask,
            ended => Task.Delay(Timeout.Infinite, ended).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await running.WaitAsync(Soon);
    }
}
