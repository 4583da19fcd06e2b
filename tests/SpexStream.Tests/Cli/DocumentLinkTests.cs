using System.Text.RegularExpressions;
using SpexStream.Tests.Architecture;
using Xunit;

namespace SpexStream.Tests.Cli;

public sealed partial class DocumentLinkTests
{
    [Fact]
    public void Every_link_between_pages_leads_somewhere()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Prepend(Path.Combine(Repository.Root, "README.md")).ToArray();
        Assert.NotEmpty(pages);
        Assert.Empty(pages.SelectMany(DeadLinks));
    }

    private static IEnumerable<string> DeadLinks(string page)
    {
        foreach (var link in Link().Matches(File.ReadAllText(page)).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            var parts = link.Split('#', 2);
            var target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
            if (!Path.Exists(target) || (parts.Length == 2 && !Anchors(target).Contains(parts[1])))
            {
                yield return $"{Path.GetFileName(page)}: {link}";
            }
        }
    }

    // As a forge makes them of headings: lower case, no punctuation, dashes for spaces.
    private static HashSet<string> Anchors(string page) =>
    [
        .. Heading().Matches(File.ReadAllText(page)).Select(match => string.Concat(
            match.Groups[1].Value.ToLowerInvariant().Replace(' ', '-')
                .Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'))),
    ];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
