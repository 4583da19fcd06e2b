using System.CommandLine;
using SpexStream.Daemon.Console;
using SpexStream.Messaging.Mqtt;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Raster;

namespace SpexStream.Daemon.Commands;

/// <summary>submit: cuts a raster into strips and announces them, as a receiving station would.</summary>
internal sealed class SubmitCommand
{
    private readonly RasterInput _input = new();
    private readonly BrokerOptions _broker = new();
    private readonly Option<int> _strips = new("--strips") { Description = "Strips to cut.", DefaultValueFactory = _ => 8 };
    private readonly Option<DirectoryInfo?> _spool = new("--spool")
    {
        Description = "Folder for the strips; the daemon must be allowed to read it. Default: a folder below the system's temporary one.",
    };

    private readonly Option<int> _pace = new("--pace") { Description = "Milliseconds between strips.", DefaultValueFactory = _ => 0 };
    private readonly Option<bool> _shuffle = new("--shuffle") { Description = "Announce in random order." };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of that order.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _inBand = new("--in-band") { Description = "Send each strip's file in its message." };

    public Command Build()
    {
        var command = new Command(
            "submit",
            "Cut a raster into strips and announce them.\n"
            + "Example: spexstream submit scene.tif --broker mqtt://localhost:1883 --station no-svalbard --scene s2a-0815 "
            + "--strips 9 --shuffle --bands blue,green,red,nir --scale 0.0001 --radiometry sr");
        _input.AddTo(command);
        _broker.AddTo(command);
        foreach (Option option in new Option[] { _strips, _spool, _pace, _shuffle, _seed, _inBand })
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var info = new GdalRasterStore(new RasterOptions()).Describe(Path.GetFullPath(parsed.GetValue(_input.Raster)!));
        var rows = StripCuts.Rows(info.Height, parsed.GetValue(_strips));
        var order = Enumerable.Range(0, rows.Count).ToArray();
        if (parsed.GetValue(_shuffle))
        {
            new Random(parsed.GetValue(_seed)).Shuffle(order);
        }

        var scene = _input.SceneIdOf(parsed);
        var spool = parsed.GetValue(_spool)?.FullName ?? Path.Combine(Path.GetTempPath(), "spexstream-spool", scene.Value);
        Directory.CreateDirectory(spool);
        await using var connection = new MqttConnectionFactory(TimeProvider.System).Create(_broker.Connection(parsed));
        await connection.ConnectAsync(cancellation);
        foreach (var (position, index) in order.Index())
        {
            var time = TimeProvider.System.GetUtcNow();
            var cut = StripCuts.Cut(
                info, spool, scene.Value, index, rows.Count, rows[index], parsed.GetValue(_input.Nodata) != "none");
            var strip = _input.Announce(parsed, info, cut, time);
            var context = new WireContext(_broker.Station(parsed), time);
            var message = parsed.GetValue(_inBand)
                ? StripAnnouncementEncoder.EncodeInBand(
                    strip with { Data = strip.Data with { Href = null } }, await File.ReadAllBytesAsync(cut.Path, cancellation), context)
                : StripAnnouncementEncoder.Encode(strip, context);
            await connection.PublishAsync(MqttOutbox.ToMqtt(message), cancellation);
            Terminal.Out.WriteLine($"announced strip {index} of {scene} ({position + 1} of {rows.Count})");
            if (parsed.GetValue(_pace) is > 0 and var pace)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(pace), TimeProvider.System, cancellation);
            }
        }

        return 0;
    }
}
