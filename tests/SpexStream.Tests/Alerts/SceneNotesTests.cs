using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class SceneNotesTests
{
    private static readonly RuleSet Rules = new([Play.Water()], new([]));
    private readonly SceneNotes<string> _notes = new();

    [Fact]
    public void What_was_found_is_known_for_the_same_revision_under_the_same_rules()
    {
        Assert.Null(Of("s1", 1, Rules));
        _notes.Keep(Passes("s1", 1), Rules, "found");
        Assert.Equal("found", Of("s1", 1, Rules));
        Assert.Null(Of("s1", 2, Rules));
        Assert.Null(Of("s2", 1, Rules));
        // The same rules read again may name other files.
        Assert.Null(Of("s1", 1, Rules with { }));
        _notes.Keep(Passes("s2", 1), Rules, "other");
        Assert.Null(Of("s1", 1, Rules));
    }

    [Fact]
    public void Of_each_revision_somebody_is_told_once()
    {
        Assert.True(_notes.TryTell(Passes("s1", 1)));
        Assert.False(_notes.TryTell(Passes("s1", 1)));
        Assert.True(_notes.TryTell(Passes("s1", 2)));
        for (var scene = 0; scene < 10_000; scene++)
        {
            Assert.True(_notes.TryTell(Passes($"other-{scene}", 1)));
        }

        // No more is remembered than there is room for.
        Assert.True(_notes.TryTell(Passes("s1", 1)));
    }

    private string? Of(string scene, int revision, RuleSet rules) =>
        _notes.TryGet(Passes(scene, revision), rules, out var found) ? found : null;

    private static ScenePasses Passes(string scene, int revision) =>
        new(SceneId.Parse(scene), revision, Play.Day(0), [], null);
}
