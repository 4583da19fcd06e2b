using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Ingest;

/// <summary>Counts what was refused on its way in, and says so on the dead-letter topic. Safe for several
/// threads.</summary>
/// <param name="outbox">Where letters go; when one was posted, what it tells of may be acknowledged.</param>
/// <param name="identity">Who speaks.</param>
/// <param name="meter">Counts.</param>
/// <param name="time">The clock.</param>
/// <param name="arrivals">Number of the last arrival before: one number is never used for two, also by later
/// processes.</param>
internal sealed class IntakeLetters(
    IOutbox outbox, StationIdentity identity, SpexMeter meter, TimeProvider time, long arrivals)
{
    private const string Failed = "failed";
    private long _arrivals = arrivals;

    /// <summary>The sender has to change something.</summary>
    public async ValueTask RefuseAsync(
        OriginalPayload original, Rejection rejection, SceneId? scene, CancellationToken cancellation)
    {
        Count(rejection.Reason.Slug());
        var refusal = new StripRefusal(rejection, original, Interlocked.Increment(ref _arrivals), scene);
        await outbox.PostAsync(
            StripRefusalMessage.Encode(refusal, About(original)), cancellation);
    }

    /// <summary>We broke on it: one message that cannot be handled must not end the work on all others.</summary>
    public ValueTask FailAsync(OriginalPayload original, Exception fault, CancellationToken cancellation) => PostAsync(
        original, Failed, $"could not be handled: {fault.GetType().Name}: {Rejection.Quote(fault.Message)}", null,
            cancellation);

    /// <summary>A message other than a strip, whose sender has to change something.</summary>
    public ValueTask RefuseOtherAsync(
        OriginalPayload original, Rejection rejection, SceneId? scene, CancellationToken cancellation) =>
        PostAsync(original, rejection.Reason.Slug(), rejection.Sentence, scene, cancellation);

    private async ValueTask PostAsync(
        OriginalPayload original, string reason, string sentence, SceneId? scene, CancellationToken cancellation)
    {
        Count(reason);
        var letter = new DeadLetter
        {
            Stage = StripRefusal.Stage,
            Reason = reason,
            Sentence = sentence,
            Original = original,
            Arrival = Interlocked.Increment(ref _arrivals),
            Attempts = 1,
            Scene = scene,
        };
        await outbox.PostAsync(DeadLetterMessage.Encode(letter, About(original)), cancellation);
    }

    private WireContext About(OriginalPayload original) =>
        identity.Context(time.GetUtcNow()) with { TraceParent = original.TraceParent };

    private void Count(string reason) => meter.DeadLetters.Add(
        1, new KeyValuePair<string, object?>("stage", StripRefusal.Stage),
            new KeyValuePair<string, object?>("reason", reason));
}
