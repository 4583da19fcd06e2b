using System.CommandLine;
using System.Text.RegularExpressions;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Identity;
using SpexStream.Tests.Architecture;
using Xunit;

namespace SpexStream.Tests.Cli;

/// <summary>Help, docs/cli.md and docs/settings.md say the same of every option.</summary>
public sealed partial class DocumentTests
{
    private static readonly Dictionary<string, string> Sections = Chapters("docs/cli.md");

    public static TheoryData<string> VerbNames() => [.. Verbs.All.Select(Verbs.TitleOf)];

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void Help_has_an_example_that_works_and_tells_what_every_option_takes_and_its_default(string name)
    {
        var verb = Verbs.All.Single(verb => Verbs.TitleOf(verb) == name);
        var examples = Example().Matches(verb.Description!).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            Assert.StartsWith(name, example, StringComparison.Ordinal);
            Assert.Empty(Verbs.Complaints(example.Split(' ')));
        });
        Assert.All(Verbs.OptionsOf(verb), option =>
        {
            Assert.EndsWith(".", option.Description, StringComparison.Ordinal);
            if (option is ICheckedOption told)
            {
                Assert.Contains($": {told.Takes}.", option.Description, StringComparison.Ordinal);
                Assert.True(told.Otherwise is null || option.Description!.Contains(
                    $"Default: {told.Otherwise}.", StringComparison.Ordinal), option.Name);
            }
            else
            {
                // A flag, or a list that has no default.
                Assert.True(option is Option<bool> || option.Name == "--allow", option.Name);
            }
        });
    }

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void The_page_has_the_options_of_a_verb_with_what_they_take_and_their_defaults(string name)
    {
        var verb = Verbs.All.Single(verb => Verbs.TitleOf(verb) == name);
        var written = name == "run" ? SettingRows() : Rows(name);
        Assert.Equal(
            Verbs.OptionsOf(verb).Select(option => option.Name).Order(StringComparer.Ordinal),
            written.Keys.Order(StringComparer.Ordinal));
        foreach (var option in Verbs.OptionsOf(verb))
        {
            var (takes, otherwise) = written[option.Name];
            Assert.Equal((option.Name, Otherwise(option)), (option.Name, otherwise));
            Assert.Equal((option.Name, takes is null ? null : Takes(option)), (option.Name, takes));
        }
    }

    [Theory]
    [MemberData(nameof(VerbNames))]
    public void The_page_has_an_example_of_a_verb_that_works(string name)
    {
        var examples = PageExample().Matches(Sections[name]).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(Verbs.Complaints(example.Split(' '))));
    }

    [Fact]
    public void The_page_of_settings_has_every_setting_with_what_is_checked()
    {
        var rows = CheckRow().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/settings.md")))
            .ToDictionary(row => row.Groups[1].Value, row => Plain(row.Groups[2].Value));
        Assert.Equal(
            typeof(RunSettings).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal),
            rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(SettingWords.Of(row.Key), row.Value.Split(';', '(')[0].Trim()));
    }

    [Fact]
    public void The_page_tells_the_rule_of_a_scenes_id()
    {
        var text = Sections["Scene options"].ReplaceLineEndings(" ");
        Assert.All(SceneId.Rule.Split("; as it ", 2), part =>
            Assert.Contains(part.Trim(), text, StringComparison.OrdinalIgnoreCase));
    }

    private static string Otherwise(Option option) =>
        option is ICheckedOption told ? told.Otherwise ?? "required" : option is Option<bool> ? "off" : "required";

    private static string Takes(Option option) =>
        option is not ICheckedOption told ? "flag" : told.Takes == SceneId.Rule ? "the id of a scene" : told.Takes;

    // The rows of a verb's own table and of the tables that its section names.
    private static Dictionary<string, (string? Takes, string Otherwise)> Rows(string verb) =>
        new[] { verb, "Band options", "Scene options", "Broker options" }
            .Where(section => section == verb || Sections[verb].Contains(
                $"(#{section.ToLowerInvariant().Replace(' ', '-')})", StringComparison.Ordinal))
            .SelectMany(section => Row().Matches(Sections[section]))
            .ToDictionary(row => row.Groups[1].Value, row =>
                ((string?)Plain(row.Groups[2].Value), Plain(row.Groups[3].Value)));

    // Settings have a table of their own, with what is checked in other words.
    private static Dictionary<string, (string? Takes, string Otherwise)> SettingRows() => SettingRow()
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/settings.md")))
        .ToDictionary(row => row.Groups[1].Value, row => ((string?)null, Plain(row.Groups[2].Value)));

    private static string Plain(string cell) => cell.Replace("`", string.Empty, StringComparison.Ordinal).Trim();

    private static Dictionary<string, string> Chapters(string page) =>
        File.ReadAllText(Path.Combine(Repository.Root, page))
            .Split("\n## ").Skip(1).ToDictionary(chapter => chapter.Split('\n')[0], chapter => chapter);

    [GeneratedRegex(@"Example: spexstream (.+)")]
    private static partial Regex Example();

    [GeneratedRegex(@"^bash eng/spexstream\.sh (.+)$", RegexOptions.Multiline)]
    private static partial Regex PageExample();

    [GeneratedRegex(@"^\| `(--[a-z-]+)` \|([^|]*)\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `([A-Z][A-Za-z]+)` \|[^|]*\|[^|]*\|[^|]*\|[^|]*\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex CheckRow();

    [GeneratedRegex(@"^\| [^|]*\| `(--[a-z-]+)[^|]*\|[^|]*\|[^|]*\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
