using System.Globalization;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Wire.Announcements;

namespace SpexStream.Messaging.Ingest;

/// <summary>An announced strip on its way in: read and opened first, then handed to the pipeline.</summary>
internal sealed class StripIntake(
    StripDesk desk, IPipelineRuntime runtime, Spool spool, SpoolTrouble trouble, IStripGate gate, IntakeLetters letters,
    IngestOptions options,
    StageTally tally, SpexMeter meter, TimeProvider time)
{
    private static readonly TimeSpan SpoolWait = TimeSpan.FromSeconds(2);

    /// <summary>Reads the announcement, and puts the raster down that came in it; null when it was refused with a dead
    /// letter.</summary>
    /// <param name="arrival">The message.</param>
    /// <param name="turn">Its turn, which it does without while the disk will not take the raster; null where none are
    /// waited for.</param>
    /// <param name="cancellation">Gives up; the message stays the broker's.</param>
    public async Task<StripAnnouncement?> ReadAsync(
        Arrival arrival, IntakeTurn? turn, CancellationToken cancellation)
    {
        // Before anything is written: what waits here is still the broker's.
        await gate.WaitAsync(cancellation);
        var outcome = StripAnnouncementDecoder.Decode(arrival.Message, options.Limits, time.GetUtcNow());
        if (outcome is not AnnouncementOutcome.Accepted accepted)
        {
            var refused = (AnnouncementOutcome.Refused)outcome;
            var original = arrival.Original with { TraceParent = refused.Origin.TraceParent };
            await RefuseAsync(original, refused.Rejection, refused.Scene, null, cancellation);
            return null;
        }

        return accepted.InBand.IsEmpty
            ? accepted.Announcement
            : await SpoolAsync(accepted.Announcement, accepted.InBand, turn, cancellation);
    }

    /// <summary>Opens the raster; null when it was refused with a dead letter. A file that does not answer may answer
    /// later: it is tried again for a while, and the message stays the broker's.</summary>
    public async Task<OpenedStrip?> OpenAsync(
        StripAnnouncement strip, OriginalPayload original, CancellationToken cancellation)
    {
        tally.Begin();
        try
        {
            return await TryAsync(strip, original, cancellation);
        }
        finally
        {
            tally.End();
        }
    }

    private async Task<OpenedStrip?> TryAsync(
        StripAnnouncement strip, OriginalPayload original, CancellationToken cancellation)
    {
        var first = time.GetTimestamp();
        for (var attempts = 1; ; attempts++)
        {
            var answer = await OpenOnceAsync(strip, cancellation);
            if (answer.Delivery is { } delivery)
            {
                return new(strip, delivery, original);
            }

            var rejection = answer.Rejection;
            if (answer.IsSilent
                && Retry.Silent(attempts, time.GetElapsedTime(first), options.SilentPatience) is { } wait)
            {
                meter.Retries.Add(1);
                await Task.Delay(wait, time, cancellation);
                continue;
            }

            await RefuseAsync(
                original, rejection ?? Silent(time.GetElapsedTime(first)), strip.Scene, strip, cancellation);
            return null;
        }
    }

    /// <summary>Hands the strip to the pipeline, which may let it wait for long.</summary>
    /// <param name="opened">The strip.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="isKnown">Whether the journal says that its scene has it: what is left to another node counts as
    /// a duplicate then.</param>
    public async Task<DeliveryOutcome> HandOverAsync(
        OpenedStrip opened, CancellationToken cancellation, bool isKnown = false)
    {
        var outcome = await runtime.DeliverAsync(opened.Delivery, cancellation);
        if (isKnown && outcome is DeliveryOutcome.Accepted { IsPassedOn: true })
        {
            outcome = new DeliveryOutcome.Duplicate();
        }

        switch (outcome)
        {
            case DeliveryOutcome.Accepted:
                Count(opened.Announcement, "accepted");
                break;
            case DeliveryOutcome.Duplicate:
                meter.StripDuplicates.Add(1);
                Count(opened.Announcement, "duplicate");
                break;
            case DeliveryOutcome.Refused refused:
                await RefuseAsync(
                    opened.Original, refused.Rejection, opened.Announcement.Scene, opened.Announcement, cancellation);
                break;
        }

        return outcome;
    }

    // The message holds the only copy: a disk that will not take it now is tried until it does, and the broker waits.
    private async Task<StripAnnouncement> SpoolAsync(
        StripAnnouncement strip, ReadOnlyMemory<byte> raster, IntakeTurn? turn, CancellationToken cancellation)
    {
        var checksum = strip.Data.Checksum ?? ContentChecksum.Compute(HashKind.Sha256, raster.Span);
        IDisposable? waiting = null;
        try
        {
            while (true)
            {
                Task pause;
                try
                {
                    var href = await spool.PutAsync(strip, checksum, raster, cancellation);
                    var data = strip.Data with { Href = href, SizeBytes = raster.Length, Checksum = checksum };
                    return strip with { Data = data };
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    // Full, read-only, gone: an operator mends that, and the strip is still here.
                    meter.Retries.Add(1);
                    pause = Task.Delay(SpoolWait, time, cancellation);
                    waiting ??= trouble.Begin(fault);
                }

                await (turn?.WaitOutsideAsync(pause, cancellation) ?? pause);
            }
        }
        finally
        {
            waiting?.Dispose();
        }
    }

    private async Task<OpenAnswer> OpenOnceAsync(StripAnnouncement strip, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        try
        {
            return await desk.OpenAsync(strip, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // One strip that the disk will not give must not end the work on all others.
            return new(null, new(
                RejectionReason.Unreadable, "assets.data", $"failed on the disk: {Rejection.Quote(fault.Message)}",
                "check the disk and announce again"));
        }
        finally
        {
            meter.StageLatency.Record(
                time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("stage", "header"));
        }
    }

    private static Rejection Silent(TimeSpan waited) => new(
        RejectionReason.Unreadable, "assets.data.href",
        string.Create(CultureInfo.InvariantCulture, $"has not answered for {waited.TotalSeconds:0} s"),
        "check the disk or the mount, and announce it again when it answers");

    private async ValueTask RefuseAsync(
        OriginalPayload original, Rejection rejection, SceneId? scene, StripAnnouncement? strip,
            CancellationToken cancellation)
    {
        Count(strip, "refused");
        var traced = original with { TraceParent = strip?.TraceParent ?? original.TraceParent };
        await letters.RefuseAsync(traced, rejection, scene, cancellation);
    }

    private void Count(StripAnnouncement? strip, string result) => meter.StripsReceived.Add(
        1, meter.Platform(strip?.Platform.Value ?? "unknown"),
        new KeyValuePair<string, object?>("result", result));
}
