using System.Text.Json;
using SpexStream.Daemon.Console;
using SpexStream.Daemon.Status;
using SpexStream.Tests.Architecture;
using SpexStream.Tests.Pages;
using Xunit;

namespace SpexStream.Tests.Status;

public sealed class StatusTextTests
{
    [Fact]
    public void A_report_survives_its_json_and_becomes_lines_that_cannot_steer_the_terminal()
    {
        var json = JsonSerializer.Serialize(Hostile.Report, StatusJson.Default.StationReport);
        var read = JsonSerializer.Deserialize(json, StatusJson.Default.StationReport)!;
        var lines = StatusText.Of(read).ToArray();
        Assert.StartsWith("no-test node-1, SpexStream 0.1.0, up 0 s: not ready: ", lines[0], StringComparison.Ordinal);
        Assert.Contains("queues: intake 1 of 64", lines);
        Assert.Contains("devices: cpu:0 serving", lines);
        Assert.Contains(lines, line =>
            line.StartsWith("announcements: 5 wait for the nodes that got them", StringComparison.Ordinal));
        Assert.DoesNotContain(
            StatusText.Of(read with { CatchUpWaiting = 0 }),
            line => line.StartsWith("announcements", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain(line, char.IsControl));
        Assert.Equal(json, JsonSerializer.Serialize(read, StatusJson.Default.StationReport));
    }

    [Fact]
    public void Every_name_of_a_report_stands_in_its_page()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/status.md"));
        using var report = JsonDocument.Parse(
            JsonSerializer.Serialize(Hostile.Report, StatusJson.Default.StationReport));
        Assert.All(Names(report.RootElement).Distinct(), name =>
            Assert.Matches($@"`{name}(\[\])?`", page));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .SelectMany(property => Names(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        _ => [],
    };
}
