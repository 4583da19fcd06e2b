using SpexStream.Pipeline.Scenes;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

public sealed class GoneFilesTests
{
    private static readonly (int Index, string Path)[] Files = [(0, "/a"), (1, "/b"), (2, "/c")];
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Files_that_are_not_there_are_named() => Assert.Equal(
        [0, 2],
        (await GoneFiles.FindAsync(Files, path => path == "/b", _clock, CancellationToken.None)).AsEnumerable());

    [Fact]
    public async Task A_mount_that_does_not_answer_holds_nobody_up_and_its_files_count_as_there()
    {
        using var answered = new ManualResetEventSlim();
        var asked = GoneFiles.FindAsync(
            Files,
            _ =>
            {
                answered.Wait(TimeSpan.FromSeconds(30));
                return false;
            },
            _clock, CancellationToken.None);
        Assert.False(asked.IsCompleted);
        _clock.Advance(GoneFiles.Patience);
        Assert.Empty(await asked);
        answered.Set();
    }
}
