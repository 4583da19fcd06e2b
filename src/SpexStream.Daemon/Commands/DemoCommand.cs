using System.CommandLine;
using System.Globalization;
using SpexStream.Daemon.Console;
using SpexStream.Daemon.Demo;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Synthesis;
using SpexStream.Messaging.Mqtt;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Topics;
using SpexStream.Raster;

namespace SpexStream.Daemon.Commands;

/// <summary>demo: a private broker, the daemon, and a pass that comes down strip by strip.</summary>
internal sealed class DemoCommand
{
    private static readonly StationId Station = StationId.Parse("demo-station");
    private static readonly TimeSpan CloseLimit = TimeSpan.FromMinutes(5);
    private readonly RasterInput _input = new();
    private readonly Option<FileInfo?> _file = new("--scene") { Description = "A real raster instead of the made scene." };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the made scene.", DefaultValueFactory = _ => 7 };
    private readonly Option<int> _size = new("--size")
    {
        Description = "Edge of the made scene in pixels.",
        DefaultValueFactory = _ => 4096,
        Validators = { result => CheckSize(result) },
    };

    private readonly Option<int> _strips = new("--strips") { Description = "Strips of the pass.", DefaultValueFactory = _ => 8 };
    private readonly Option<bool> _plain = new("--plain") { Description = "No live line, for logs." };
    private readonly Option<DirectoryInfo?> _keep = new("--keep")
    {
        Description = "Folder for everything the demo makes. Default: spexstream-demo below the system's temporary folder.",
    };

    public Command Build()
    {
        var command = new Command(
            "demo",
            "Show everything at once: a private mosquitto, the daemon, a made scene sent as strips, events, accuracy.\n"
            + "Example: spexstream demo\n"
            + "Example: spexstream demo --scene scene.tif --bands blue,green,red,nir --scale 0.0001 --radiometry sr");
        foreach (Option option in new Option[]
        {
            _file, _input.Bands, _input.Scale, _input.Offset, _input.Nodata, _input.Radiometry, _seed, _size, _strips, _plain, _keep,
        })
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private static void CheckSize(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var size)
            && size is >= SynthesisOptions.SmallestSide and <= 16384))
        {
            result.AddError($"--size takes {SynthesisOptions.SmallestSide} to 16384, not '{result.Tokens[0].Value}'.");
        }
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetValue(_keep)?.FullName ?? Path.Combine(Path.GetTempPath(), $"spexstream-demo-{Environment.ProcessId}");
        var spool = Path.Combine(folder, "spool");
        Directory.CreateDirectory(spool);
        var screen = new DemoScreen(parsed.GetValue(_plain), TimeProvider.System);
        using var broker = PrivateBroker.Start(folder);
        var address = string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{broker.Port}");
        var output = Path.Combine(folder, "products");
        await using var daemon = DaemonProcess.Start(Path.Combine(folder, "daemon.log"),
        [
            "--broker", address, "--station", Station.Value, "--data", Path.Combine(folder, "data"), "--out", output,
            "--allow", spool, "--http", "0", "--max-data-age-hours", "0",
        ]);
        screen.Say($"broker on {address}, daemon log in {daemon.LogFile}");
        var started = TimeProvider.System.GetTimestamp();
        var pass = parsed.GetValue(_file) is { } file
            ? DemoPass.OfRaster(_input, parsed, file.FullName, spool, parsed.GetValue(_strips))
            : DemoPass.Made(parsed.GetValue(_seed), parsed.GetValue(_size), parsed.GetValue(_strips), spool);
        await using var connection = new MqttConnectionFactory(TimeProvider.System).Create(new MqttConnectionOptions
        {
            Host = "127.0.0.1",
            Port = broker.Port,
            ClientId = "spex-demo",
            RetryFirstConnect = true,
            SessionExpiry = TimeSpan.Zero,
        });
        await connection.ConnectAsync(cancellation);
        await connection.SubscribeAsync(
            [new(TopicFilters.Everything(Station)), new(TopicFilters.DeadLetters(Station)), new(TopicFilters.States(Station))], cancellation);
        await WaitForDaemonAsync(connection, daemon, cancellation);
        var closed = WaitForCloseAsync(connection, screen, cancellation);
        for (var i = 0; i < pass.Count; i++)
        {
            var strip = pass.Make(i);
            var message = StripAnnouncementEncoder.Encode(strip, new WireContext(Station, TimeProvider.System.GetUtcNow()));
            await connection.PublishAsync(MqttOutbox.ToMqtt(message), cancellation);
            screen.StripSent(i + 1, pass.Count, pass.PixelsMade);
        }

        if (!await closed.WaitAsync(CloseLimit, TimeProvider.System, cancellation))
        {
            throw new CommandException($"the daemon ended early; see {daemon.LogFile}");
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var exit = await daemon.StopAsync();
        screen.Say(string.Create(CultureInfo.InvariantCulture, $"the pass took {seconds:0.0} s; the daemon left with exit code {exit}"));
        DemoResult.Print(pass, Path.Combine(output, pass.Scene.Value));
        return exit == 0 ? 0 : 1;
    }

    // The daemon says "online" on a retained topic once it listens; strips sent before would wait in its session anyway,
    // but on the very first start there is no session yet.
    private static async Task WaitForDaemonAsync(IMqttConnection connection, DaemonProcess daemon, CancellationToken cancellation)
    {
        await foreach (var delivery in connection.Deliveries.ReadAllAsync(cancellation))
        {
            using (delivery)
            {
                await delivery.AcknowledgeAsync();
                if (delivery.Message.Topic.Contains("/state/node/", StringComparison.Ordinal))
                {
                    return;
                }

                if (daemon.HasExited)
                {
                    throw new CommandException($"the daemon did not start; see {daemon.LogFile}");
                }
            }
        }
    }

    private static async Task<bool> WaitForCloseAsync(
        IMqttConnection connection, DemoScreen screen, CancellationToken cancellation)
    {
        await foreach (var delivery in connection.Deliveries.ReadAllAsync(cancellation))
        {
            using (delivery)
            {
                await delivery.AcknowledgeAsync();
                if (screen.Show(delivery.Message))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
