using System.Collections.Immutable;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>Keeps messages within the size that WIS2 brokers and clients accept.</summary>
public static class MessageFitting
{
    /// <summary>Bytes of a whole message at most (WIS2 notification message).</summary>
    public const int MaxBytes = 8192;

    /// <summary>The message of the first detail, finest first, that fits.</summary>
    /// <exception cref="MessageTooLargeException">None fits.</exception>
    internal static OutgoingMessage Fit<TDetail>(IEnumerable<TDetail> details, Func<TDetail, OutgoingMessage> encode)
    {
        var (size, topic) = (0, "");
        foreach (var detail in details)
        {
            var message = encode(detail);
            (size, topic) = (EventEnvelope.SizeOf(message), message.Topic);
            if (size <= MaxBytes)
            {
                return message;
            }
        }

        throw new MessageTooLargeException($"A message for {topic} has at least {size} bytes, {MaxBytes} are allowed.");
    }

    /// <summary>
    /// The message of the first detail, finest first, that fits, where details stand in runs: within a run each is
    /// smaller than the one before it, so only a few of it are looked at.
    /// </summary>
    /// <param name="runs">The runs, none of them empty.</param>
    /// <param name="sizeOf">Bytes of the message of a detail; cheaper than to make it.</param>
    /// <param name="encode">Makes it.</param>
    /// <exception cref="MessageTooLargeException">None fits.</exception>
    internal static OutgoingMessage Fit<TDetail>(
        IEnumerable<ImmutableArray<TDetail>> runs, Func<TDetail, int> sizeOf, Func<TDetail, OutgoingMessage> encode) =>
        Fit(
            // Where there is nothing to choose from, it need not be measured before.
            runs.SelectMany(run => run.Length == 1 || FirstThatFits(run, sizeOf) is not { } place
                ? run[^1..] : run[place..(place + 1)]),
            encode);

    /// <summary>A message that has nothing to leave out.</summary>
    /// <exception cref="MessageTooLargeException">It does not fit.</exception>
    internal static OutgoingMessage Fit(OutgoingMessage message) => Fit([message], static m => m);

    // Sizes fall about evenly, so by those that are known the place is guessed, as long as they leave one to guess.
    private static int? FirstThatFits<TDetail>(ImmutableArray<TDetail> run, Func<TDetail, int> sizeOf)
    {
        var (whole, guess) = (sizeOf(run[0]), 1);
        if (whole <= MaxBytes)
        {
            return 0;
        }

        var (low, lowSize, high, highSize) = (0, whole, run.Length, 0);
        while (high - low > 1)
        {
            var place = Math.Clamp(guess, low + 1, high - 1);
            var size = sizeOf(run[place]);
            (low, lowSize, high, highSize) = size <= MaxBytes
                ? (low, lowSize, place, size) : (place, size, high, highSize);
            // Beyond the last that is known not to fit it goes on as before it.
            var step = highSize > 0 ? (double)(lowSize - highSize) / (high - low) : (double)(whole - lowSize) / low;
            guess = low + (int)Math.Ceiling((lowSize - MaxBytes) / step);
        }

        return high < run.Length ? high : null;
    }
}
