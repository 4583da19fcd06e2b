using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// Takes announcements from the broker into the pipeline. A message is acknowledged when its strip was taken, recognised
/// as a duplicate, or refused with a dead letter; while the pipeline is full it is not, which holds the broker back.
/// </summary>
public sealed class StripIngest(
    IMqttConnection connection, StripOpener opener, IPipelineRuntime runtime, IOutbox outbox, StationIdentity identity,
    IngestOptions options, SpexMeter meter, TimeProvider time)
{
    private long _arrivals;

    /// <summary>Works until cancelled; then messages in hand are finished or stay unacknowledged.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, options.Parallelism).Select(_ => WorkAsync(cancellation)));

    private async Task WorkAsync(CancellationToken cancellation)
    {
        // A thread of the pool may be held by a slow disk; the loop must not start on the caller's.
        await Task.Yield();
        try
        {
            await foreach (var delivery in connection.Deliveries.ReadAllAsync(cancellation))
            {
                using (delivery)
                {
                    await TakeOrRefuseAsync(delivery, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop: what was not acknowledged comes again.
        }
    }

    private async Task TakeOrRefuseAsync(IMqttDelivery delivery, CancellationToken cancellation)
    {
        try
        {
            await TakeAsync(delivery, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // One strip that the disk will not give or take must not end the work on all others.
            await RefuseAsync(
                MessageOf(delivery),
                new(RejectionReason.Unreadable, "assets.data", $"failed on the disk: {Rejection.Quote(fault.Message)}", "check the disk and announce again"),
                null,
                null);
            await delivery.AcknowledgeAsync();
        }
    }

    private static InboundMessage MessageOf(IMqttDelivery delivery) => new(
        delivery.Message.Topic,
        delivery.Message.Payload,
        delivery.Message.ContentType,
        [.. delivery.Message.UserProperties.Select(property => new UserProperty(property.Name, property.Value))]);

    private async Task TakeAsync(IMqttDelivery delivery, CancellationToken cancellation)
    {
        var message = MessageOf(delivery);
        var outcome = StripAnnouncementDecoder.Decode(message, options.Limits, time.GetUtcNow());
        switch (outcome)
        {
            case AnnouncementOutcome.Refused refused:
                await RefuseAsync(message, refused.Rejection, refused.Scene, null);
                break;
            case AnnouncementOutcome.Accepted accepted:
                await DeliverAsync(message, accepted, cancellation);
                break;
        }

        await delivery.AcknowledgeAsync();
    }

    private async Task DeliverAsync(InboundMessage message, AnnouncementOutcome.Accepted accepted, CancellationToken cancellation)
    {
        var strip = accepted.Announcement;
        if (!accepted.InBand.IsEmpty)
        {
            strip = await SpoolAsync(strip, accepted.InBand, cancellation);
        }

        var started = time.GetTimestamp();
        var (delivery, rejection) = await OpenAsync(strip, cancellation);
        meter.StageLatency.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("stage", "header"));
        if (delivery is not null)
        {
            switch (await runtime.DeliverAsync(delivery, cancellation))
            {
                case DeliveryOutcome.Accepted:
                    Count(strip, "accepted");
                    return;
                case DeliveryOutcome.Duplicate:
                    meter.StripDuplicates.Add(1);
                    Count(strip, "duplicate");
                    return;
                case DeliveryOutcome.Refused refused:
                    rejection = refused.Rejection;
                    break;
            }
        }

        await RefuseAsync(message, rejection!, strip.Scene, strip);
    }

    private async Task<(StripDelivery?, Rejection?)> OpenAsync(StripAnnouncement strip, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(() => opener.Open(strip), cancellation).WaitAsync(options.HeaderTimeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            // The read goes on behind our back, but it holds nobody else up.
            return (null, new(
                RejectionReason.Unreadable, "assets.data.href",
                $"did not open within {options.HeaderTimeout.TotalSeconds:0} s", "check the disk or the mount"));
        }
    }

    private async Task<StripAnnouncement> SpoolAsync(
        StripAnnouncement strip, ReadOnlyMemory<byte> raster, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.SpoolFolder);
        var checksum = strip.Data.Checksum ?? ContentChecksum.Compute(HashKind.Sha256, raster.Span);
        var path = Path.Combine(options.SpoolFolder, $"{strip.Scene.Value}-{strip.StripIndex}-{checksum.Hex[..16]}.tif");
        var aside = $"{path}.{Guid.NewGuid():N}";
        await File.WriteAllBytesAsync(aside, raster, cancellation);
        File.Move(aside, path, overwrite: true);
        return !StripHref.TryParse(path, out var href) ? throw new IOException($"{path} cannot be a spool file.") : strip with { Data = strip.Data with { Href = href, SizeBytes = raster.Length, Checksum = checksum } };
    }

    private async Task RefuseAsync(InboundMessage message, Rejection rejection, SceneId? scene, StripAnnouncement? strip)
    {
        var reason = rejection.Reason.Slug();
        meter.DeadLetters.Add(
            1, new KeyValuePair<string, object?>("stage", StripRefusal.Stage), new KeyValuePair<string, object?>("reason", reason));
        Count(strip, "refused");
        var refusal = new StripRefusal(
            rejection, OriginalPayload.Of(message), Interlocked.Increment(ref _arrivals), scene);
        await outbox.PostAsync(StripRefusalMessage.Encode(refusal, identity.Context(time.GetUtcNow())));
    }

    private void Count(StripAnnouncement? strip, string result) => meter.StripsReceived.Add(
        1, new KeyValuePair<string, object?>("platform", strip?.Platform.Value ?? "unknown"),
        new KeyValuePair<string, object?>("result", result));
}
