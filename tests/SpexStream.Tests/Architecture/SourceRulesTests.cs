using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace SpexStream.Tests.Architecture;

/// <summary>House rules that the compiler does not know.</summary>
public sealed partial class SourceRulesTests
{
    private const int LongestFile = 300;

    [Fact]
    public void No_file_is_longer_than_one_can_read()
    {
        var tooLong = Files().Where(path => File.ReadLines(path).Count() > LongestFile).Select(Repository.Name);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Text_is_utf8_without_mark_tabs_or_carriage_returns_and_ends_with_a_line_end()
    {
        foreach (var path in Files())
        {
            var bytes = File.ReadAllBytes(path);
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            Assert.False(text.StartsWith('\uFEFF'), $"{Repository.Name(path)} begins with a byte order mark");
            Assert.False(
                text.Contains('\t') || text.Contains('\r'), $"{Repository.Name(path)} has tabs or carriage returns");
            Assert.True(text.EndsWith('\n') && !text.EndsWith("\n\n", StringComparison.Ordinal),
                $"{Repository.Name(path)} ends oddly");
        }
    }

    [Fact]
    public void Nothing_is_left_for_later_in_the_source()
    {
        var found = Files().Where(path => !path.EndsWith(nameof(SourceRulesTests) + ".cs", StringComparison.Ordinal))
            .Where(path => Later().IsMatch(File.ReadAllText(path))).Select(Repository.Name);
        Assert.Empty(found);
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var odd = new List<string>();
        foreach (var path in Files())
        {
            var found = Namespace().Match(File.ReadAllText(path));
            var parts = Path.GetDirectoryName(Repository.Name(path))!.Split('/')[1..];
            if (found.Success && found.Groups[1].Value != string.Join('.', parts))
            {
                odd.Add($"{Repository.Name(path)}: {found.Groups[1].Value}");
            }
        }

        Assert.Empty(odd);
    }

    [Fact]
    public void Every_log_event_has_an_id_of_its_own()
    {
        var ids = Repository.SourceFiles("src")
            .SelectMany(path => LogEvent().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
                .ToArray();
        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    private static IEnumerable<string> Files() => Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests"));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|#region|NotImplementedException")]
    private static partial Regex Later();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?(\d+)")]
    private static partial Regex LogEvent();
}
