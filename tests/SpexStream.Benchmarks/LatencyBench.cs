using System.Diagnostics;
using System.Globalization;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Scenes;
using SpexStream.Messaging.Mqtt;

namespace SpexStream.Benchmarks;

/// <summary>
/// latency STRIP PORT STATION FOLDER SCENES: announces one strip as that many scenes, one after the other, to a daemon
/// on this broker, and before each works on the same strip in this process. Prints the time from the announcement to
/// the scene's last final observation, and that of the bare processing.
/// </summary>
internal static class LatencyBench
{
    private const int WarmUp = 5;

    public static async Task RunAsync(string[] arguments)
    {
        var (strip, folder) = (arguments[0], arguments[3]);
        var port = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var scenes = int.Parse(arguments[4], CultureInfo.InvariantCulture);
        var station = StationId.Parse(arguments[2]);
        var options = new ProcessingOptions
        {
            Classes = [LandCoverClass.Water, LandCoverClass.Vegetation],
            Products = ProductKinds.Masks | ProductKinds.Regions,
        };
        await using var local = new LocalProcessing(folder, options);
        await using var connection = new MqttConnectionFactory(TimeProvider.System).Create(new MqttConnectionOptions
        {
            Host = "127.0.0.1",
            Port = port,
            ClientId = "spex-bench",
            CleanStart = true,
            SessionExpiry = TimeSpan.Zero,
        });
        await connection.ConnectAsync(default);
        var watch = new ObservationWatch(connection, station, options.Classes.Length);
        await watch.SubscribeAsync();
        var (bare, first, final) = (new List<double>(), new List<double>(), new List<double>());
        for (var scene = -WarmUp; scene < scenes; scene++)
        {
            var started = Stopwatch.GetTimestamp();
            await local.ProcessAsync(SceneOfOneStrip.Announce(strip, $"bare-{scene + WarmUp}"));
            var processed = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var seen = await watch.AnnounceAsync(SceneOfOneStrip.Announce(strip, $"announced-{scene + WarmUp}"));
            if (scene >= 0)
            {
                bare.Add(processed);
                first.Add(seen.First);
                final.Add(seen.Final);
            }
        }

        Json.Print(
            ("scenes", scenes),
            ("bare_median", Rounds.Median(bare)), ("bare_p95", Percentile95(bare)),
            ("first_median", Rounds.Median(first)), ("first_p95", Percentile95(first)),
            ("final_median", Rounds.Median(final)), ("final_p95", Percentile95(final)));
    }

    private static double Percentile95(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(0.95 * sorted.Length) - 1)];
    }
}
