using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;
using SpexStream.Raster;

namespace SpexStream.Daemon.Doctor;

/// <summary>Looks at everything the daemon needs.</summary>
internal static class Examination
{
    private const long FewBytes = 1L << 30;
    private const long SomeBytes = 10L << 30;
    private static readonly string[] NeededDrivers = ["GTiff", "PNG"];
    private static readonly TimeSpan BrokerLimit = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Finding>> RunAsync(string? broker, string folder, CancellationToken cancellation) =>
    [
        new(FindingLevel.Ok, "version", $"SpexStream {SpexInfo.Version} on .NET {Environment.Version}, {RuntimeInformation.OSDescription}"),
        new(FindingLevel.Ok, "switches", string.Join(' ', SpexInfo.Switches.Select(s => $"{s.Name}={s.Value}"))),
        Devices(),
        .. Gdal(),
        Disk(folder),
        await BrokerAsync(broker, cancellation),
    ];

    private static Finding Devices()
    {
        var vectors = Vector512.IsHardwareAccelerated ? "AVX-512" : Vector256.IsHardwareAccelerated ? "AVX2" : "128 bit";
        var devices = string.Join(',', Enumerable.Range(0, Environment.ProcessorCount).Select(i => $"cpu:{i}"));
        return Vector256.IsHardwareAccelerated
            ? new(FindingLevel.Ok, "devices", $"{devices} ({vectors} vectors)")
            : new(FindingLevel.Warning, "devices", $"{devices} ({vectors} vectors)", "kernels run several times slower without AVX2");
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
            return [new(FindingLevel.Error, "gdal", missing.Detail, "apt-get install libgdal32")];
        }

        var drivers = store.AvailableDrivers;
        var lacking = NeededDrivers.Except(drivers).ToArray();
        return
        [
            lacking.Length == 0
                ? new(FindingLevel.Ok, "gdal", $"{store.LibraryVersion}, drivers {string.Join(' ', drivers)}")
                : new(FindingLevel.Error, "gdal", $"{store.LibraryVersion} lacks {string.Join(' ', lacking)}", "install a full GDAL"),
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
            var text = string.Create(CultureInfo.InvariantCulture, $"EPSG:32633 500000 5000000 -> {x[0]:0.000000} {y[0]:0.000000}");
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

    private static Finding Disk(string folder)
    {
        var drive = new DriveInfo(Path.GetFullPath(folder));
        var text = string.Create(CultureInfo.InvariantCulture, $"{folder}: {drive.AvailableFreeSpace / 1e9:0.0} GB free of {drive.TotalSize / 1e9:0.0}");
        return drive.AvailableFreeSpace switch
        {
            < FewBytes => new(FindingLevel.Error, "disk", text, "make room: less than 1 GiB is free"),
            < SomeBytes => new(FindingLevel.Warning, "disk", text, "less than 10 GiB is free"),
            _ => new(FindingLevel.Ok, "disk", text),
        };
    }

    private static async Task<Finding> BrokerAsync(string? broker, CancellationToken cancellation)
    {
        if (broker is null)
        {
            return new(FindingLevel.Warning, "broker", "not tried", "give --broker mqtt://HOST:PORT");
        }

        if (!BrokerAddress.TryParse(broker, out var address))
        {
            return new(FindingLevel.Error, "broker", $"'{broker}' is no broker", "give mqtt://HOST:PORT or mqtts://HOST:PORT");
        }

        try
        {
            await using var connection = new MqttConnectionFactory(TimeProvider.System).Create(new MqttConnectionOptions
            {
                Host = address.Host,
                Port = address.Port,
                Tls = address.Tls ? new MqttTlsOptions() : null,
                ClientId = $"spex-doctor-{Environment.ProcessId}",
                SessionExpiry = TimeSpan.Zero,
                ConnectTimeout = BrokerLimit,
            });
            await connection.ConnectAsync(cancellation);
            return new(FindingLevel.Ok, "broker", $"{address} accepts connections");
        }
        catch (MqttException fault)
        {
            // The finding carries the broker's or the system's words.
            return new(FindingLevel.Error, "broker", $"{address}: {fault.Message}", "check that it runs, its listener, user and password");
        }
    }
}
