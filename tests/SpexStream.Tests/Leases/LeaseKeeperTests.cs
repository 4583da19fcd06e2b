using System.Threading.Channels;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Leases;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Leases;

public sealed class LeaseKeeperTests : IAsyncDisposable
{
    private static readonly LeaseKey Role = LeaseKey.OfRole("outbox");
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ScriptedLeases _leases = new();
    private readonly LeaseTerms _terms = new();
    private readonly Channel<string> _told = Channel.CreateBounded<string>(64);
    private readonly Channel<SceneTenure> _begun = Channel.CreateBounded<SceneTenure>(16);
    private readonly LeaseKeeper _keeper;

    public LeaseKeeperTests() => _keeper = new(_leases, _terms, _clock, new()
    {
        OnEnded = (_, why) => Tell($"ended {why}"),
        OnFault = (_, fault) => Tell($"fault {fault.Message}"),
        OnTrouble = trouble => Tell(trouble is null ? "well" : "trouble"),
    });

    [Fact]
    public async Task A_renewal_that_hangs_is_asked_for_again_and_the_work_goes_on()
    {
        var dead = new TaskCompletionSource();
        _leases.OnRenew = _ => _leases.Renewals == 1 ? new(dead.Task) : ValueTask.CompletedTask;
        _keeper.Keep(Role, new Work(_begun.Writer, Forever));
        var tenure = await NextAsync(_begun);
        _clock.Advance(_terms.RenewAfter);
        Assert.Equal(1, _leases.Renewals);
        // No connection of its own may be waited for: it does not even end when it is cancelled.
        _clock.Advance(_terms.RenewWithin);
        Assert.Equal("trouble", await NextAsync(_told));
        await AdvanceUntilAsync(() => _leases.Renewals == 2, TimeSpan.FromSeconds(1));
        Assert.Equal("well", await NextAsync(_told));
        // Past the time for which the first lease would have held.
        await AdvanceUntilAsync(() => _leases.Renewals == 4, _terms.Term);
        Assert.False(tenure.Ended.IsCancellationRequested);
        dead.SetResult();
    }

    [Fact]
    public async Task A_question_that_hangs_is_trouble_long_before_it_fails_and_who_waits_goes_on_with_the_answer()
    {
        var dead = new TaskCompletionSource();
        _leases.OnAsk = _ => new(dead.Task);
        _keeper.Keep(Role, new Work(_begun.Writer, Forever));
        Assert.True(_keeper.AnswersAsync(CancellationToken.None).IsCompleted);
        _clock.Advance(_terms.RenewWithin);
        Assert.Equal("trouble", await NextAsync(_told));
        var waiting = _keeper.AnswersAsync(CancellationToken.None);
        // It is not asked a second time meanwhile.
        _clock.Advance(_terms.AskAgainAfter * 2);
        Assert.Equal((1, false), (_leases.Asked, waiting.IsCompleted));
        dead.SetResult();
        await waiting.WaitAsync(Soon);
        Assert.Equal("well", await NextAsync(_told));
        Assert.Null(_keeper.Trouble);
    }

    [Fact]
    public async Task A_question_that_breaks_as_nobody_foresaw_is_no_answer_and_asked_again()
    {
        _leases.OnAsk = _ => _leases.Asked == 1 ? throw new InvalidOperationException("odd") : ValueTask.CompletedTask;
        _keeper.Keep(Role, new Work(_begun.Writer, Forever));
        Assert.Equal("trouble", await NextAsync(_told));
        Assert.Equal("InvalidOperationException: odd", _keeper.Trouble);
        await AdvanceUntilAsync(() => _leases.Asked == 2, _terms.AskAgainAfter);
        await NextAsync(_begun);
        Assert.Equal("well", await NextAsync(_told));
    }

    [Fact]
    public async Task A_role_whose_work_failed_goes_back_and_is_had_again_after_a_while()
    {
        _keeper.Keep(Role, new Work(_begun.Writer, _ => throw new InvalidOperationException("broken")));
        await NextAsync(_begun);
        Assert.Equal(1, (await NextAsync(_leases.Released)).Epoch);
        Assert.Equal(1, _leases.Asked);
        await AdvanceUntilAsync(() => _leases.Asked == 2, _terms.PauseAfterFault + Step);
        await NextAsync(_begun);
        Assert.Equal(["fault broken", "ended GivenUp"], [await NextAsync(_told), await NextAsync(_told)]);
    }

    [Fact]
    public async Task The_end_waits_until_the_journal_has_the_leases_back()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _leases.OnRelease = () => new(held.Task);
        _keeper.Keep(Role, new Work(_begun.Writer, Forever));
        await NextAsync(_begun);
        var giving = _keeper.GiveUpAsync(Role, CancellationToken.None);
        var ending = _keeper.DisposeAsync().AsTask();
        Assert.Equal("ended GivenUp", await NextAsync(_told));
        Assert.False(giving.IsCompleted || ending.IsCompleted);
        held.SetResult();
        await giving.WaitAsync(Soon);
        await ending.WaitAsync(Soon);
        Assert.Equal(new(Role, 1), await NextAsync(_leases.Released));
    }

    [Fact]
    public async Task A_damaged_row_is_told_of_once_and_is_no_trouble_of_the_journal()
    {
        _leases.OnAsk = _ => throw new JournalDamagedException("bad row");
        _keeper.Keep(Role, new Work(_begun.Writer, Forever));
        Assert.Equal("fault bad row", await NextAsync(_told));
        await AdvanceUntilAsync(() => _leases.Asked == 3, _terms.AskAgainAfter * 3);
        Assert.Null(_keeper.Trouble);
        Assert.False(_told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_scene_that_another_node_was_faster_to_take_is_told_of_and_what_was_only_asked_about_is_not()
    {
        _leases.Holder = new("there", _terms.Term);
        var missed = _keeper.Missed.Next;
        _keeper.Keep(Role, new Work(_begun.Writer, Forever));
        await AdvanceUntilAsync(() => _leases.Asked == 1, _terms.Term);
        var scene = LeaseKey.Of(SceneId.Parse("scene-1"));
        var standing = await _keeper.SettleAsync(
            LeaseKey.Of(SceneId.Parse("scene-2")), () => new Work(_begun.Writer, Forever), CancellationToken.None);
        Assert.Equal(new LeaseStanding.Elsewhere("there"), standing);
        Assert.False(missed.IsCompleted);
        _keeper.Want(scene, () => new Work(_begun.Writer, Forever));
        await missed.WaitAsync(Soon);
        Assert.Equal(0, _keeper.SceneCount);
    }

    [Fact]
    public async Task Somebody_who_breaks_when_the_end_is_told_keeps_neither_the_others_nor_the_lease()
    {
        // Work that goes on until it may not any more.
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _keeper.Keep(Role, new Work(_begun.Writer, _ => over.Task));
        var tenure = await NextAsync(_begun);
        using var lost = tenure.Lost.Register(over.SetResult);
        using var breaks = tenure.Ended.Register(() => throw new InvalidOperationException("odd"));
        _keeper.Refuse(Role, 1);
        Assert.Equal("ended TakenOver", await NextAsync(_told));
        Assert.Contains("odd", await NextAsync(_told), StringComparison.Ordinal);
        await NextAsync(_begun);
    }

    [Fact]
    public async Task A_keeper_that_is_closed_asks_for_nothing()
    {
        await _keeper.DisposeAsync();
        _keeper.Want(Role, () => new Work(_begun.Writer, Forever));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _keeper.SettleAsync(
            Role, () => new Work(_begun.Writer, Forever), CancellationToken.None));
        Assert.Equal(0, _leases.Asked);
    }

    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

    private static Task Forever(CancellationToken ended) => Task.Delay(Timeout.Infinite, ended);

    private static Task<T> NextAsync<T>(Channel<T> channel) => NextAsync(channel.Reader);

    private static Task<T> NextAsync<T>(ChannelReader<T> channel) =>
        channel.ReadAsync(new CancellationTokenSource(Soon).Token).AsTask();

    private void Tell(string what) => Assert.True(_told.Writer.TryWrite(what));

    // What follows from a step happens on other threads: time goes on only while nothing does.
    private async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan limit)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var passed = TimeSpan.Zero; !condition() && passed < limit; passed += Step)
        {
            await pace.WaitForNextTickAsync();
            _clock.Advance(Step);
        }

        Assert.True(condition());
    }

    private sealed class Work(ChannelWriter<SceneTenure> begun, Func<CancellationToken, Task> work) : ILeasedWork
    {
        public async Task RunAsync(SceneTenure tenure)
        {
            await begun.WriteAsync(tenure);
            await work(tenure.Ended);
        }
    }
}
