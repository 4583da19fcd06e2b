using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Leases;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.Tests.Leases;

public sealed class SceneHoldsTests
{
    private static readonly SceneId Scene = SceneId.Parse("pass-1");

    [Fact]
    public async Task An_opening_that_is_cancelled_behind_its_answer_gives_its_lease_back_and_ends()
    {
        using var stop = new CancellationTokenSource();
        var journal = new MemoryJournal(new MemoryStore());
        // A write that was taken is answered, whoever has cancelled meanwhile.
        var leases = new ScriptedLeases
        {
            Writer = await journal.OpenWriterAsync(Scene),
            OnAsk = async _ => await stop.CancelAsync(),
        };
        var holds = new SceneHolds(leases, new(), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => holds.OpenAsync(Scene, stop.Token).AsTask());
        Assert.True(leases.Released.TryRead(out var back));
        Assert.Equal(LeaseKey.Of(Scene), back.Key);
    }
}
