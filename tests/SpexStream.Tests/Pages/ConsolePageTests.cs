using System.Xml.Linq;
using SpexStream.Daemon.Pages;
using Xunit;

namespace SpexStream.Tests.Pages;

public sealed class ConsolePageTests
{
    [Fact]
    public void Whatever_a_message_holds_stays_text_and_the_page_stays_well_formed()
    {
        var page = XDocument.Parse(Page());
        var scripts = page.Descendants("script").ToArray();
        Assert.Equal("/console/script.js", Assert.Single(scripts).Attribute("src")!.Value);
        Assert.Empty(scripts[0].Value);
        Assert.Empty(page.Descendants("img"));
        Assert.DoesNotContain(
            page.Descendants().Attributes(),
                attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        // It is there to be read, in each of the tables.
        var shown = page.Descendants("td")
            .Where(cell => cell.Value.Contains("<script>alert(1)</script>\"'&<img", StringComparison.Ordinal));
        Assert.True(shown.Count() >= 8, $"{shown.Count()} cells");
        Assert.DoesNotContain('\u001b', page.ToString());
    }

    [Fact]
    public void Nothing_stands_in_the_page_that_the_policy_forbids()
    {
        var page = XDocument.Parse(Page());
        Assert.Empty(page.Descendants("style"));
        Assert.Empty(page.Descendants().Attributes("style"));
        Assert.Empty(page.Descendants("form"));
        var addresses = page.Descendants().Attributes()
            .Where(attribute => attribute.Name.LocalName is "src" or "href").Select(attribute => attribute.Value);
        Assert.All(addresses, address => Assert.StartsWith("/console/", address, StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", ConsoleAssets.Policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", ConsoleAssets.Policy, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_javascript_the_page_loads_itself_again_and_has_every_table()
    {
        var page = XDocument.Parse(Page());
        Assert.Equal("15", page.Descendants("noscript").Elements("meta").Single().Attribute("content")!.Value);
        Assert.Equal(
            ["Scenes at work", "Open alerts", "Queues", "Devices", "Messages", "Ended", "Last errors",
                "Newest products",
                "As it comes"],
            page.Descendants("h2").Select(heading => heading.Value));
        Assert.Equal(2, page.Descendants("span").Count(span => span.Attribute("class")?.Value == "strip full"));
    }

    [Fact]
    public void A_picture_is_laid_on_the_corners_of_its_scene()
    {
        var map = XElement.Parse($"<figure>{FootprintMap.Of(Hostile.Scene, "/console/browse/s1/1")}</figure>");
        var matrix = map.Descendants("image").Single().Attribute("transform")!.Value["matrix(".Length..^1].Split(' ')
            .Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        // One degree of each: half as wide as high at 60 degrees north.
        Assert.Equal(0.5, matrix[0] / matrix[3], 0.02);
        Assert.Equal((0, 0), (matrix[1], matrix[2]));
        Assert.Equal(
            Html.None,
            FootprintMap.Of(
                Hostile.Scene with { Footprint = [new(179, 1), new(-179, 1), new(-179, 0), new(179, 0)] }, null));
        Assert.Equal(Html.None, FootprintMap.Of(Hostile.Scene with { Footprint = [] }, null));
    }

    private static string Page() => ConsolePage.Of(Hostile.Report, [Hostile.Scene], [Hostile.News]).ToString()
        .Replace("<!DOCTYPE html>", string.Empty, StringComparison.Ordinal);
}
