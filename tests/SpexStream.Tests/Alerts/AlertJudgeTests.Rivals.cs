using System.Globalization;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Nodes whose rules files are not the same.</summary>
public sealed partial class AlertJudgeTests
{
    private static readonly RuleSet OneRule = Rules(Play.Water());

    private static readonly RuleSet TwoRules = OneRule with
    {
        Rules = [.. OneRule.Rules, Play.Water(enter: 8) with { Id = RuleId.Parse("new") }],
    };

    private readonly List<string> _rivals = [];

    [Fact]
    public async Task Two_nodes_with_different_rules_that_judge_in_turns_cancel_none_of_the_others_alerts()
    {
        var (old, latest) = (Node("old", OneRule), Node("new", TwoRules));
        await old.RoundAsync();
        await latest.RoundAsync();
        for (var day = 1; day <= 6; day++)
        {
            var node = day % 2 == 0 ? old : latest;
            await node.SeeAsync(day, 10);
        }

        Assert.Equal(["raised", "raised", "confirmed", "confirmed"], await ToldAsync());
        Assert.Equal((null, "new"), (latest.Judge.Rival, old.Judge.Rival));
        Assert.Equal(2, latest.Judge.Open.Length);
        Assert.Equal(["old: new"], _rivals);
    }

    [Fact]
    public async Task A_node_that_starts_again_with_the_file_it_had_leaves_newer_rules_in_force()
    {
        await Node("old", OneRule).RoundAsync();
        await Node("new", TwoRules).SeeAsync(1, 10);
        var old = Node("old", OneRule);
        await old.RoundAsync();
        Assert.Equal(("new", 2), (old.Judge.Rival, old.Judge.Open.Length));
        Assert.Equal(["raised", "raised"], await ToldAsync());
    }

    [Fact]
    public async Task Files_that_are_changed_one_after_the_other_are_in_force_from_the_first_on()
    {
        var (first, second) = (Node("first", OneRule), Node("second", OneRule));
        await first.RoundAsync();
        await second.RoundAsync();
        first.Judge.Rules = TwoRules;
        await first.SeeAsync(1, 10);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await second.RoundAsync();
        Assert.Equal("first", second.Judge.Rival);
        second.Judge.Rules = TwoRules with { Rules = [.. TwoRules.Rules.Reverse()] };
        await second.RoundAsync();
        await first.RoundAsync();
        Assert.Equal((null, null), (first.Judge.Rival, second.Judge.Rival));
        Assert.Equal(["raised", "raised"], await ToldAsync());
        Assert.Equal(["second: first", "second: "], _rivals);
    }

    [Fact]
    public async Task Rules_that_are_taken_back_are_taken_back_wherever_that_is_done_first()
    {
        var (first, second) = (Node("first", TwoRules), Node("second", TwoRules));
        await first.RoundAsync();
        await second.SeeAsync(1, 10);
        await Node("second", OneRule).RoundAsync();
        Assert.Equal(["raised", "raised", "cancelled"], await ToldAsync());
        // It has nothing to write, and hears of it all the same.
        _clock.Advance(TimeSpan.FromMinutes(2));
        await first.RoundAsync();
        Assert.Equal(("second", 1), (first.Judge.Rival, first.Judge.Open.Length));
    }

    [Fact]
    public async Task What_another_node_has_judged_is_open_here_within_seconds()
    {
        var (judging, idle) = (Node("judging", OneRule), Node("idle", OneRule));
        await judging.RoundAsync();
        _clock.Advance(Play.Day(1).AddHours(1) - _clock.GetUtcNow());
        await idle.RoundAsync();
        await judging.SeeAsync(1, 10);
        await idle.RoundAsync();
        Assert.Empty(idle.Judge.Open);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await idle.RoundAsync();
        Assert.Single(idle.Judge.Open);
    }

    [Fact]
    public async Task What_nodes_have_read_is_known_after_the_stream_has_moved()
    {
        await Node("old", OneRule).RoundAsync();
        await Node("new", TwoRules).SeeAsync(1, 10);
        await ForgetOutboxAsync();
        var mover = new AlertStream(_journal, _clock, default, bytesBeforeMove: 0);
        await mover.OpenAsync();
        await mover.WriteAsync([.. Enumerable.Repeat(new SceneFact.RuleUsed(OneRule.Rules[0]), 40)], []);
        await mover.TidyAsync();
        Assert.NotNull(await _journal.FindAsync(SceneId.OfStream("alerts-b")));
        await Node("old", OneRule).RoundAsync();
        Assert.Equal(["old: new"], _rivals);
        Assert.Equal(2, mover.Book.Rules.Count);
    }

    [Fact]
    public void Of_more_nodes_than_are_remembered_the_ones_that_read_lately_are()
    {
        var book = new AlertBook();
        for (var node = 0; node < AlertBook.MaxNodes + 3; node++)
        {
            book.Apply(new SceneFact.RulesRead(node.ToString(CultureInfo.InvariantCulture), "v"));
            book.Apply(new SceneFact.RulesRead("0", "w"));
        }

        Assert.Equal(AlertBook.MaxNodes, book.Readings.Count);
        Assert.Equal(("w", "w", null), (book.InForce!.Version, book.ReadBy("0"), book.ReadBy("3")));
        Assert.Equal("v", book.ReadBy("4"));
    }

    [Fact]
    public void Sets_differ_by_what_they_say_and_not_by_its_order()
    {
        var areas = new[] { "a", "b" }.Select((id, i) => Places.Area(id, Places.Box(i, 0, i + 1, 1))).ToArray();
        var set = TwoRules with { Index = new([.. areas]) };
        Assert.Equal(set.Digest(), (set with
        {
            Rules = [.. set.Rules.Reverse()],
            Index = new([.. areas.Reverse()]),
        }).Digest());
        RuleSet[] others =
        [
            set with { Rules = [set.Rules[0]] }, set with { Rules = [set.Rules[0], set.Rules[1] with { Exit = 1 }] },
            set with { Index = new([areas[0]]) }, set with { Index = new([areas[0], areas[1] with { Name = "B" }]) },
            set with { Index = new([areas[0], Places.Area("b", Places.Box(1, 0, 2, 1.001))]) },
            set with { References = set.References.Add("dry", "/srv/dry.tif") },
        ];
        Assert.Equal(others.Length + 1, others.Append(set).Select(other => other.Digest()).Distinct().Count());
    }

    private Rival Node(string name, RuleSet rules) => new(this, NewJudge(rules, name));

    /// <summary>A node that works in turns with others.</summary>
    private sealed class Rival(AlertJudgeTests test, AlertJudge judge)
    {
        private readonly AlertStream _stream = new(test._journal, test._clock, default);

        public AlertJudge Judge => judge;

        /// <summary>As often as another node was first, as the judge does by itself.</summary>
        public async Task RoundAsync()
        {
            while (await judge.TryRoundAsync(_stream, default) is { } fault)
            {
                Assert.IsType<StaleEpochException>(fault);
            }
        }

        /// <summary>Once, after a word on a scene.</summary>
        public async Task<JournalException?> TryAsync(string scene)
        {
            judge.Look(SceneId.Parse(scene));
            return await judge.TryRoundAsync(_stream, default);
        }

        public async Task SeeAsync(double day, double hectares)
        {
            var wait = Play.Day(day).AddHours(1) - test._clock.GetUtcNow();
            test._clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            await test.PublishAsync($"s{day}", Measured(day, hectares), Product());
            judge.Look(SceneId.Parse($"s{day}"));
            await RoundAsync();
        }
    }
}
