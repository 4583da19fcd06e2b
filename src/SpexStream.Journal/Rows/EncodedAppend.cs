using System.Collections.Immutable;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Facts;
using SpexStream.Journal.Sealing;

namespace SpexStream.Journal.Rows;

/// <summary>An append as bytes, made on the caller's thread so that the writing one only writes.</summary>
internal sealed record EncodedAppend(
    long At, ImmutableArray<SceneFact> Facts, ImmutableArray<byte[]> Bodies, ImmutableArray<SealedMessage> Messages)
{
    public long Bytes { get; } = Bodies.Sum(body => (long)body.Length) + Messages.Sum(message => message.Bytes);

    /// <exception cref="ArgumentException">It is too large.</exception>
    public static EncodedAppend Of(
        DateTimeOffset at, ImmutableArray<SceneFact> facts, ImmutableArray<OutgoingMessage> messages)
    {
        var append = new EncodedAppend(
            at.UtcTicks, facts, [.. facts.Select(SceneFactFormat.Write)], [.. messages.Select(SealedMessage.Of)]);
        return append.Bytes <= SceneAppend.MaxBytes
            ? append
            : throw new ArgumentException(
                $"An append of {append.Bytes} bytes is above the limit of {SceneAppend.MaxBytes}; write it in parts.",
                nameof(facts));
    }
}
