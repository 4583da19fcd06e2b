using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Journal.Postgres;
using SpexStream.Messaging.Mqtt;
using SpexStream.Raster;

namespace SpexStream.Daemon.Doctor;

/// <summary>Looks at everything the daemon needs.</summary>
internal static class Examination
{
    private static readonly string[] NeededDrivers = ["GTiff", "PNG"];
    private static readonly TimeSpan BrokerLimit = TimeSpan.FromSeconds(5);

    /// <summary>Looks; every finding stands for itself, and none ends the others.</summary>
    /// <param name="broker">How to reach the broker; null where none is to be tried.</param>
    /// <param name="folders">Folders to look at, by what they are for.</param>
    /// <param name="journal">Database of a shared journal; null where there is none.</param>
    /// <param name="cancellation">Ends the try at the broker.</param>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        MqttConnectionOptions? broker, IEnumerable<(string Subject, string Path)> folders, PostgresAddress? journal,
        CancellationToken cancellation) =>
    [
        new(FindingLevel.Ok, "version",
            $"SpexStream {SpexInfo.Version} on .NET {Environment.Version}, {RuntimeInformation.OSDescription}"),
        new(FindingLevel.Ok, "switches", string.Join(' ', SpexInfo.Switches.Select(s => $"{s.Name}={s.Value}"))),
        Devices(),
        .. Gdal(),
        .. ModelProbe.Examine(),
        .. folders.Select(folder => FolderProbe.Examine(folder.Subject, folder.Path)),
        .. JournalProbe.Examine(journal),
        await BrokerAsync(broker, cancellation),
    ];

    private static string HowToGetGdal => SpexInfo.Switches.Contains(("SpexGdal", "maxrev"))
        ? "publish the program again, with its folder runtimes"
        : "apt-get install libgdal32";

    private static Finding Devices()
    {
        var vectors = Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated
            ? "AVX2" : "128 bit";
        var devices = string.Join(',', Enumerable.Range(0, Environment.ProcessorCount).Select(i => $"cpu:{i}"));
        return Vector256.IsHardwareAccelerated
            ? new(FindingLevel.Ok, "devices", $"{devices} ({vectors} vectors)")
            : new(FindingLevel.Warning, "devices", $"{devices} ({vectors} vectors)",
                "kernels run several times slower without AVX2");
    }

    private static IEnumerable<Finding> Gdal()
    {
        GdalRasterStore store;
        try
        {
            store = new GdalRasterStore(new RasterOptions());
        }
        catch (RasterException missing)
        {
            // The finding carries the words; what else GDAL would tell cannot be asked.
            return [new(FindingLevel.Error, "gdal", missing.Detail, HowToGetGdal)];
        }

        var drivers = store.AvailableDrivers;
        var lacking = NeededDrivers.Except(drivers).ToArray();
        return
        [
            lacking.Length == 0
                ? new(FindingLevel.Ok, "gdal", $"{store.LibraryVersion}, drivers {string.Join(' ', drivers)}")
                : new(FindingLevel.Error, "gdal", $"{store.LibraryVersion} lacks {string.Join(' ', lacking)}",
                    "install a full GDAL"),
            Point(),
        ];
    }

    // UTM zone 33N, 500000 E 5000000 N lies on the central meridian at 15 degrees east.
    private static Finding Point()
    {
        try
        {
            var transforms = new GdalCoordinateTransforms();
            using var transform = transforms.ToLonLat(transforms.Parse("EPSG:32633"));
            double[] x = [500_000];
            double[] y = [5_000_000];
            transform.ToLonLat(x, y);
            var text = string.Create(
                CultureInfo.InvariantCulture, $"EPSG:32633 500000 5000000 -> {x[0]:0.000000} {y[0]:0.000000}");
            return Math.Abs(x[0] - 15) < 1e-9 && Math.Abs(y[0] - 45.153456) < 1e-4
                ? new(FindingLevel.Ok, "proj", text)
                : new(FindingLevel.Error, "proj", text, "check PROJ's data files (PROJ_LIB, PROJ_DATA)");
        }
        catch (FormatException fault)
        {
            // PROJ without its database knows no code at all.
            return new(FindingLevel.Error, "proj", fault.Message, "install PROJ's data files (Debian: proj-data)");
        }
    }

    private static async Task<Finding> BrokerAsync(MqttConnectionOptions? broker, CancellationToken cancellation)
    {
        if (broker is null)
        {
            return new(FindingLevel.Warning, "broker", "not tried", "give --broker mqtt://HOST:PORT");
        }

        var address = new BrokerAddress(broker.Host, broker.Port, broker.Tls is not null);
        try
        {
            await using var connection = MqttLibrary.Factory(TimeProvider.System).Create(
                broker with { ConnectTimeout = BrokerLimit });
            await connection.ConnectAsync(cancellation);
            return new(
                FindingLevel.Ok, "broker",
                $"{address} accepts connections {(broker.User is { } user ? $"of {user}" : "without a user")}");
        }
        catch (MqttException fault)
        {
            // The finding carries the broker's or the system's words.
            return new(FindingLevel.Error, "broker", $"{address}: {fault.Message}", BrokerOptions.Remedy);
        }
    }
}
