using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Ingest;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Raster;

namespace SpexStream.Daemon.Commands;

/// <summary>submit: cuts a raster into strips and announces them, as a receiving station would.</summary>
internal sealed class SubmitCommand
{
    // What run takes (docs/settings.md); a broker may take less, and says so.
    private const long MaxInBandBytes = 64L << 20;
    private readonly RasterInput _input = new();
    private readonly BrokerOptions _broker = new();
    private readonly CheckedOption<StationId> _station = Texts.Station("--station", "Id of the station");
    private readonly CheckedOption<int> _strips = StripCuts.Option();
    private readonly CheckedOption<string?> _spool = Texts.Folder(
        "--spool", "Folder for the strips, which the daemon must be allowed to read",
        "spexstream-spool/SCENE below the system's temporary folder");

    private readonly CheckedOption<int> _pace =
        Numbers.Whole("--pace", "Pause between strips in milliseconds", 0, 3_600_000, 0);
    private readonly Option<bool> _shuffle = new("--shuffle") { Description = "Announce in random order." };
    private readonly CheckedOption<int> _seed =
        Numbers.Whole("--seed", "Seed of that order", int.MinValue, int.MaxValue, 1);

    private readonly CheckedOption<TimeSpan?> _timeout =
        Times.Seconds("--timeout", "Longest time in seconds until all is announced, after it exit code 3", "none");

    private readonly CheckedOption<string?> _instruction = CommonOptions.Instruction();

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
        foreach (
            Option option in new Option[]
            {
                _station, _strips, _spool, _pace, _shuffle, _seed, _inBand, _instruction, _timeout,
            })
        {
            command.Options.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken asked)
    {
        using var limit = new TimeLimit(parsed.GetValue(_timeout), asked);
        var cancellation = limit.Token;
        var info = new GdalRasterStore(new RasterOptions()).Describe(parsed.GetValue(_input.Raster)!);
        var rows = StripCuts.Rows(info.Height, _strips.Of(parsed));
        // What a station would refuse strip by strip is told before the first is sent.
        _ = _input.Place(parsed, info);
        var order = Enumerable.Range(0, rows.Count).ToArray();
        if (parsed.GetValue(_shuffle))
        {
            new Random(_seed.Of(parsed)).Shuffle(order);
        }

        var scene = _input.SceneIdOf(parsed, info.Path);
        var spool = parsed.GetValue(_spool) ?? Path.Combine(Path.GetTempPath(), "spexstream-spool", scene.Value);
        if (!StripHref.TryParse(OutputFolder.Make("--spool", spool), out _))
        {
            throw new CommandException(
                $"--spool {Rejection.Quote(spool)} cannot be announced; give a folder without control characters.",
                CommandException.Misused);
        }

        var announced = 0;
        try
        {
            await using var connection = await _broker.ConnectAsync(parsed, cancellation);
            await using var news = new BrokerNews(
                connection, $"{_broker.Address(parsed)}", "strips are announced again");
            foreach (var index in order)
            {
                await AnnounceAsync(connection, parsed, info, scene, spool, index, rows, cancellation);
                Terminal.Out.WriteLine($"announced strip {index} of {scene} ({++announced} of {rows.Count})");
                if (_pace.Of(parsed) is > 0 and var pace)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(pace), TimeProvider.System, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsUp)
        {
            // A result of its own; what was announced stands, and announcing it again does no harm.
            throw new CommandException(
                $"{announced} of {rows.Count} strips were announced in time; submit again, what arrived is recognised",
                CommandException.TimedOut);
        }

        return 0;
    }

    private async Task AnnounceAsync(
        IMqttConnection connection, ParseResult parsed, RasterInfo info, SceneId scene, string spool, int index,
        IReadOnlyList<(int Row, int Height)> rows, CancellationToken cancellation)
    {

        var time = TimeProvider.System.GetUtcNow();
        var inBand = parsed.GetValue(_inBand);
        var cut = StripCuts.Cut(
            info, spool, scene.Value, index, rows.Count, rows[index], parsed.GetValue(_input.Nodata) != "none",
                cancellation);
        if (inBand && cut.SizeBytes > MaxInBandBytes)
        {
            throw new CommandException(
                $"strip {index} has {cut.SizeBytes} bytes, --in-band takes at most {MaxInBandBytes}; give more --strips.",
                CommandException.Misused);
        }

        var strip = _input.Announce(parsed, info, cut, time);
        strip = strip with { Instruction = parsed.GetValue(_instruction) };
        strip = inBand ? strip with { Data = strip.Data with { Href = null } } : strip;
        // Before it is announced: from here on replay knows it.
        SpoolItem.Write(SpoolItem.PathOf(cut.Path), StripAnnouncementEncoder.ToJson(strip));
        var context = new WireContext(parsed.GetValue(_station), time);
        var message = inBand
            ? StripAnnouncementEncoder.EncodeInBand(
                strip, await File.ReadAllBytesAsync(cut.Path, cancellation), context)
            : StripAnnouncementEncoder.Encode(strip, context);
        await connection.PublishAsync(MqttOutbox.ToMqtt(message), cancellation);
    }
}
