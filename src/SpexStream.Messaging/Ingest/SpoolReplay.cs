using SpexStream.Domain.Announcements;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// Takes the strips of a spool folder the way that announced ones go: for a broker that forgot what it had promised.
/// What had arrived is recognised, so that a replay is never wrong.
/// </summary>
/// <param name="strips">Takes them.</param>
/// <param name="options">Which folders are allowed, and bounds.</param>
/// <param name="topic">Where the command came by.</param>
/// <param name="known">Begins to tell, for one folder, whether scenes have strips; null where the pipeline itself
/// tells.</param>
/// <param name="time">The clock.</param>
internal sealed class SpoolReplay(
    StripIntake strips, IngestOptions options, SpexTopic.Command topic, StripMemory? known, TimeProvider time)
{
    /// <summary>Works through a folder by name, and says what became of its strips.</summary>
    public async Task<CommandAnswer> RunAsync(string folder, CancellationToken cancellation)
    {
        var (count, first) = (new ReplayCount(), (string?)null);
        var isKnown = known?.Invoke();
        try
        {
            var real = RealPath.Of(folder);
            if (!options.ResolvedRoots.IsEmpty && !options.ResolvedRoots.Any(root => IsAtOrIn(real, root)))
            {
                return Refused("outside-roots", "is not below an allowed folder");
            }

            foreach (var path in SpoolItem.In(real))
            {
                var (next, why) = await TakeAsync(path, count, isKnown, cancellation);
                count = next;
                first ??= why is null ? null : $"{Path.GetFileName(path)} {why}";
            }

            return CommandAnswer.Of(count, first);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refused("unreadable", $"cannot be read: {Rejection.Quote(fault.Message)}");
        }

        CommandAnswer Refused(string reason, string what) =>
            new(CommandStatus.Refused, reason, $"{Rejection.Quote(folder)} {what}.");
    }

    private async Task<(ReplayCount Count, string? Why)> TakeAsync(
        string path, ReplayCount count, Func<StripDelivery, CancellationToken, ValueTask<bool>>? isKnown,
        CancellationToken cancellation)
    {
        var refused = count with { Refused = count.Refused + 1 };
        try
        {
            var message = await SpoolItem.ReadAsync(
                path, topic.Text, options.Limits, options.ResolvedRoots, cancellation);
            if (StripAnnouncementDecoder.Decode(message, options.Limits, time.GetUtcNow())
                is AnnouncementOutcome.Refused { Rejection: var rejection })
            {
                return (refused, $"is no strip that can be announced: {rejection.Sentence}");
            }

            using var arrival = new Arrival(new Replayed(new MqttMessage
            {
                Topic = message.Topic,
                Payload = message.Payload,
                ContentType = message.ContentType,
                UserProperties = [.. message.UserProperties.Select(p => new MqttUserProperty(p.Name, p.Value))],
            }));
            if (await strips.ReadAsync(arrival, turn: null, cancellation) is not { } announced
                || await strips.OpenAsync(announced, arrival.Original, cancellation) is not { } opened)
            {
                return (refused, "was refused; its dead letter says why.");
            }

            // Before it is handed over: the node that has the scene may write it down at once.
            var wasKnown = isKnown is not null && await isKnown(opened.Delivery, cancellation);
            return await strips.HandOverAsync(opened, cancellation, wasKnown) switch
            {
                DeliveryOutcome.Accepted => (count with { Accepted = count.Accepted + 1 }, null),
                DeliveryOutcome.Refused scene => (refused, $"was refused: {scene.Rejection.Sentence}"),
                _ => (count with { Duplicates = count.Duplicates + 1 }, null),
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (refused, $"cannot be read: {Rejection.Quote(fault.Message)}.");
        }
    }

    private static bool IsAtOrIn(string real, string root) =>
        RealPath.IsInside(real, root) || real.TrimEnd('/') == root.TrimEnd('/');

    // It came from no broker: nobody waits for its acknowledgement.
    private sealed class Replayed(MqttMessage message) : IMqttDelivery
    {
        public MqttMessage Message => message;

        public bool IsDuplicate => false;

        public ValueTask<bool> AcknowledgeAsync() => ValueTask.FromResult(true);

        public void Dispose()
        {
        }
    }
}
