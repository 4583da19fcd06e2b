using SpexStream.Daemon.Status;
using SpexStream.Domain.Grid;

namespace SpexStream.Tests.Pages;

/// <summary>A report in which every text that comes from elsewhere tries to become markup.</summary>
internal static class Hostile
{
    public const string Text = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>]]>\u0001\u001b[31m";

    private static readonly DateTimeOffset At = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static SceneLine Scene { get; } = new()
    {
        Scene = Text,
        Platform = Text,
        Trace = Text,
        Since = At,
        Updated = At,
        Phase = "closed",
        StripsExpected = 3,
        StripsDone = [0, 2],
        Trouble = Text,
        CompletenessPercent = 66.7,
        Picture = "/srv/products/x/browse.png",
        Footprint = [new LonLat(10, 60), new LonLat(11, 60), new LonLat(11, 59), new LonLat(10, 59)],
    };

    public static StationReport Report { get; } = new()
    {
        Station = "no-test",
        Node = "node-1",
        Version = "0.1.0",
        Started = At,
        Now = At,
        Ready = false,
        Reason = Text,
        BrokerConnected = true,
        CanaryAgeSeconds = 3,
        OutboxWaiting = 0,
        OutboxOldestSeconds = 0,
        CatchUpWaiting = 5,
        Scenes = [SceneReport.Of(Scene)],
        Ended = [SceneReport.Of(Scene)],
        Queues = [new QueueReport("intake", 1, 64)],
        Devices = [new DeviceReport("cpu:0", "serving", null, null)],
        Alerts = [new AlertLine("a1", Text, "severe", Text, "confirmed", Text, At)],
        Errors = [new LogLine(At, "error", 2005, Text)],
    };

    public static NewsItem News { get; } = new(1, At, "scene", Text, Text);
}
