using System.CommandLine;
using System.Globalization;
using SpexStream.Daemon.Commands.Input;
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
    private const int LargestSize = 16384;
    private static readonly StationId Station = StationId.Parse("demo-station");
    private static readonly TimeSpan CloseLimit = TimeSpan.FromMinutes(5);
    private readonly RasterInput _input = new();
    private readonly CheckedOption<string?> _file =
        Texts.Path("--scene", "A real raster instead of the made scene", "none");
    private readonly CheckedOption<int> _seed =
        Numbers.Whole("--seed", "Seed of the made scene", int.MinValue, int.MaxValue, 7);
    private readonly CheckedOption<int> _size =
        Numbers.Whole("--size", "Edge of the made scene in pixels", SynthesisOptions.SmallestSide, LargestSize, 4096);

    private readonly CheckedOption<int> _strips = StripCuts.Option();
    private readonly Option<bool> _plain = new("--plain") { Description = "No live line, for logs." };
    private readonly CheckedOption<string?> _keep = Texts.Folder(
        "--keep", "Folder for everything the demo makes", "spexstream-demo-PID below the system's temporary folder");

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

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (size, strips) = (_size.Of(parsed), _strips.Of(parsed));
        if (parsed.GetValue(_file) is null && strips > size)
        {
            throw new CommandException(
                $"--strips takes 1 to {size} (the rows of the made scene), not {strips}.", CommandException.Misused);
        }

        var folder = parsed.GetValue(_keep)
            ?? Path.Combine(Path.GetTempPath(), $"spexstream-demo-{Environment.ProcessId}");
        var spool = Path.Combine(folder, "spool");
        // Whatever is wrong with the input is told before anything is made or started.
        var pass = parsed.GetValue(_file) is { } file
            ? DemoPass.OfRaster(_input, parsed, file, spool, strips)
            : DemoPass.Made(_seed.Of(parsed), size, strips, spool);
        OutputFolder.Make("--keep", folder);
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
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var showing = ShowAsync(broker.Port, pass, screen, ended.Token);
        if (await Task.WhenAny(showing, daemon.Exited, broker.Exited) != showing)
        {
            await ended.CancelAsync();
            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
            throw new CommandException(daemon.Exited.IsCompleted
                ? $"the daemon ended early; see {daemon.LogFile}" : "mosquitto ended early; try again");
        }

        await showing;
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var exit = await daemon.StopAsync();
        screen.Say(string.Create(
            CultureInfo.InvariantCulture, $"the pass took {seconds:0.0} s; the daemon left with exit code {exit}"));
        DemoResult.Print(pass, Path.Combine(output, pass.Scene.Value));
        return exit == 0 ? 0 : 1;
    }

    private static async Task ShowAsync(int port, DemoPass pass, DemoScreen screen, CancellationToken cancellation)
    {
        await using var connection = MqttLibrary.Factory(TimeProvider.System).Create(new MqttConnectionOptions
        {
            Host = "127.0.0.1",
            Port = port,
            ClientId = "spex-demo",
            RetryFirstConnect = true,
            SessionExpiry = TimeSpan.Zero,
        });
        await connection.ConnectAsync(cancellation);
        await connection.SubscribeAsync(
            [new(TopicFilters.Everything(Station)), new(TopicFilters.DeadLetters(Station)),
                new(TopicFilters.States(Station))], cancellation);
        await WaitForDaemonAsync(connection, cancellation);
        var closed = WaitForCloseAsync(connection, screen, cancellation);
        for (var i = 0; i < pass.Count && !closed.IsCompleted; i++)
        {
            var strip = pass.Make(i);
            var message = StripAnnouncementEncoder.Encode(
                strip, new WireContext(Station, TimeProvider.System.GetUtcNow()));
            await connection.PublishAsync(MqttOutbox.ToMqtt(message), cancellation);
            screen.StripSent(i + 1, pass.Count, pass.PixelsMade);
        }

        try
        {
            await closed.WaitAsync(CloseLimit, TimeProvider.System, cancellation);
        }
        catch (TimeoutException)
        {
            // The limit is ours, and so are its words and its exit code.
            throw new CommandException(
                $"the scene did not close within {CloseLimit.TotalMinutes:0} minutes of its last strip",
                CommandException.TimedOut);
        }
    }

    // The daemon says "online" on a retained topic once it listens; strips sent before would wait in its session
    // anyway, but on the very first start there is no session yet.
    private static async Task WaitForDaemonAsync(IMqttConnection connection, CancellationToken cancellation)
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
            }
        }
    }

    private static async Task WaitForCloseAsync(
        IMqttConnection connection, DemoScreen screen, CancellationToken cancellation)
    {
        await foreach (var delivery in connection.Deliveries.ReadAllAsync(cancellation))
        {
            using (delivery)
            {
                await delivery.AcknowledgeAsync();
                if (screen.Show(delivery.Message))
                {
                    return;
                }
            }
        }
    }
}
