using System.Collections.Immutable;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Facts;
using SpexStream.Journal.Sealing;

namespace SpexStream.Journal.Sqlite;

/// <summary>An append as bytes, made on the caller's thread so that the writing one only writes.</summary>
internal sealed record EncodedAppend(
    long At, ImmutableArray<SceneFact> Facts, ImmutableArray<byte[]> Bodies, ImmutableArray<SealedMessage> Messages)
{
    public long Bytes { get; } = Bodies.Sum(body => (long)body.Length) + Messages.Sum(message => message.Bytes);

    /// <exception cref="ArgumentException">It is too large.</exception>
    /// <exception cref="EventConflictException">Two of its messages have one id and say different things.</exception>
    public static EncodedAppend Of(DateTimeOffset at, ImmutableArray<SceneFact> facts, ImmutableArray<OutgoingMessage> messages)
    {
        var append = new EncodedAppend(at.UtcTicks, facts, [.. facts.Select(SceneFactFormat.Write)], Distinct(messages));
        return append.Bytes <= SceneAppend.MaxBytes
            ? append
            : throw new ArgumentException(
                $"An append of {append.Bytes} bytes is above the limit of {SceneAppend.MaxBytes}; write it in parts.", nameof(facts));
    }

    private static ImmutableArray<SealedMessage> Distinct(ImmutableArray<OutgoingMessage> messages)
    {
        var byId = new Dictionary<string, byte[]>();
        var distinct = ImmutableArray.CreateBuilder<SealedMessage>(messages.Length);
        foreach (var message in messages.Select(SealedMessage.Of))
        {
            var id = message.Message.EventId;
            if (id.Length == 0 || byId.TryAdd(id, message.Digest))
            {
                distinct.Add(message);
            }
            else if (!byId[id].AsSpan().SequenceEqual(message.Digest))
            {
                throw new EventConflictException(id);
            }
        }

        return distinct.ToImmutable();
    }
}
