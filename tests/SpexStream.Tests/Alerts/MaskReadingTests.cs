using SpexStream.Pipeline.Alerts;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class MaskReadingTests : IDisposable
{
    private readonly ManualClock _clock = new(Play.Day(0));
    private readonly ManualResetEventSlim _gate = new();
    private readonly MaskReading _masks;

    public MaskReadingTests() => _masks = new(_clock);

    public void Dispose() => _gate.Dispose();

    [Fact]
    public async Task The_masks_of_a_scene_share_one_limit()
    {
        _clock.Advance(MaskReading.Longest);
        _masks.BeginScene();
        _clock.Advance(MaskReading.Longest - TimeSpan.FromSeconds(1));
        Assert.Equal("read", await ReadAsync("read"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync("late"));
    }

    [Fact]
    public async Task What_went_over_the_limit_goes_on_and_nothing_is_read_beside_it()
    {
        var hanging = await HangAsync();
        _clock.Advance(MaskReading.Pause);
        _masks.BeginScene();
        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync("beside"));
        _gate.Set();
        await hanging;
        // Whatever the time, what is there is given.
        Assert.Equal("hung", await _masks.WaitAsync(hanging, default));
    }

    [Fact]
    public async Task After_that_masks_are_left_alone_for_a_while_and_no_longer()
    {
        var hanging = await HangAsync();
        _gate.Set();
        await hanging;
        _clock.Advance(MaskReading.Pause - TimeSpan.FromSeconds(1));
        _masks.BeginScene();
        Assert.True(_masks.IsPaused);
        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync("soon"));
        // Who asks meanwhile makes it no longer.
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_masks.IsPaused);
        Assert.Equal("read", await ReadAsync("read"));
    }

    [Fact]
    public async Task A_mask_that_cannot_be_read_leaves_the_others_their_time()
    {
        await Assert.ThrowsAsync<InvalidDataException>(
            () => ReadAsync(() => throw new InvalidDataException("not a mask")));
        Assert.False(_masks.IsPaused);
        Assert.Equal("read", await ReadAsync("read"));
    }

    private async Task<Task<string>> HangAsync()
    {
        var reading = _masks.Begin(Hang, default);
        var waiting = _masks.WaitAsync(reading, default).AsTask();
        _clock.Advance(MaskReading.Longest);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        return reading;
    }

    private string Hang()
    {
        _gate.Wait();
        return "hung";
    }

    private Task<string> ReadAsync(string found) => ReadAsync(() => found);

    private async Task<string> ReadAsync(Func<string> read) =>
        await _masks.WaitAsync(_masks.Begin(read, default), default);
}
