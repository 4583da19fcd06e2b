using System.Collections.Immutable;
using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Ingest;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;

namespace SpexStream.Daemon.Commands;

/// <summary>replay: announces every strip of a spool folder again, as submit did.</summary>
internal sealed class ReplayCommand
{
    private static readonly AnnouncementLimits Limits =
        AnnouncementLimits.Default with { MaxInBandBytes = 64L << 20, MaxDataAge = null };

    private readonly BrokerOptions _broker = new();
    private readonly CheckedOption<string?> _spool = Texts.Folder(
        "--spool", "Folder that submit has put strips into", null);
    private readonly CheckedOption<StationId> _station = Texts.Station("--station", "Id of the station");
    private readonly CheckedOption<TimeSpan?> _timeout =
        Times.Seconds("--timeout", "Longest time in seconds until all is announced, after it exit code 3", "none");

    public Command Build()
    {
        var command = new Command(
            "replay",
            "Announce every strip of a spool folder again; what had arrived is recognised.\n"
            + "Example: spexstream replay --spool /srv/incoming --broker mqtt://localhost:1883 --station no-svalbard");
        command.Options.Add(_spool);
        _broker.AddTo(command);
        command.Options.Add(_station);
        command.Options.Add(_timeout);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken asked)
    {
        var folder = parsed.GetValue(_spool)!;
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"--spool {folder} is no folder that exists.", CommandException.Misused);
        }

        var items = SpoolItem.In(folder);
        if (items.IsEmpty)
        {
            throw new CommandException(
                $"--spool {folder} holds no strips: submit puts a .json file beside each raster");
        }

        using var limit = new TimeLimit(parsed.GetValue(_timeout), asked);
        var (announced, bad) = (0, 0);
        try
        {
            await using var connection = await _broker.ConnectAsync(parsed, limit.Token);
            await using var news = new BrokerNews(
                connection, $"{_broker.Address(parsed)}", "strips are announced again");
            foreach (var path in items)
            {
                if (await ReadAsync(parsed, path, limit.Token) is not var (strip, message))
                {
                    bad++;
                    continue;
                }

                await connection.PublishAsync(message, limit.Token);
                Terminal.Out.WriteLine(
                    $"announced strip {strip.StripIndex} of {strip.Scene} ({++announced} of {items.Length})");
            }
        }
        catch (OperationCanceledException) when (limit.IsUp)
        {
            // A result of its own; what was announced stands.
            throw new CommandException(
                $"{announced} of {items.Length} strips were announced in time", CommandException.TimedOut);
        }

        return bad == 0 ? 0
            : throw new CommandException($"{bad} of {items.Length} files were not announced; {announced} strips were");
    }

    // The announcement as it was made before: the same event under the same id. Null for a file that makes none.
    private async Task<(StripAnnouncement, MqttMessage)?> ReadAsync(
        ParseResult parsed, string path, CancellationToken cancellation)
    {
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            var context = new WireContext(parsed.GetValue(_station), now);
            var message = await SpoolItem.ReadAsync(path, "replay", Limits, ImmutableArray<string>.Empty, cancellation);
            switch (StripAnnouncementDecoder.Decode(message, Limits, now))
            {
                case AnnouncementOutcome.Accepted { Announcement: var strip, InBand: { IsEmpty: false } raster }:
                    strip = strip with { Data = strip.Data with { Href = null } };
                    return (strip, MqttOutbox.ToMqtt(StripAnnouncementEncoder.EncodeInBand(strip, raster, context)));
                case AnnouncementOutcome.Accepted { Announcement: var strip } when IsThere(strip):
                    return (strip, MqttOutbox.ToMqtt(StripAnnouncementEncoder.Encode(strip, context)));
                case AnnouncementOutcome.Accepted { Announcement: var strip }:
                    Complain(path, $"its raster {strip.Data.Href!.LocalPath} is not there");
                    break;
                case AnnouncementOutcome.Refused { Rejection: var rejection }:
                    Complain(path, rejection.Sentence);
                    break;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // One file that cannot be read must not keep the others back.
            Complain(path, fault.Message);
        }

        return null;
    }

    private static bool IsThere(StripAnnouncement strip) =>
        strip.Data.Href?.LocalPath is not { } local || File.Exists(local);

    private static void Complain(string path, string why) =>
        Terminal.Error.WriteLine($"spexstream: {path}: {why}".ReplaceLineEndings(" "));
}
