using System.Collections.Immutable;
using SpexStream.Journal.Rows;
using SpexStream.Journal.Sealing;

namespace SpexStream.Journal.Commits;

/// <summary>What a write is about, known before it is done: a journal behind a network looks all of it up at
/// once.</summary>
internal sealed record WriteSubject
{
    /// <summary>Nothing has to be known before.</summary>
    public static WriteSubject Nothing { get; } = new();

    /// <summary>The scene it changes; null for none.</summary>
    public string? Scene { get; init; }

    /// <summary>Whether it gives out an epoch.</summary>
    public bool TakesEpoch { get; init; }

    /// <summary>Whether it may drop the scene.</summary>
    public bool Forgets { get; init; }

    /// <summary>The role whose lease it wants; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>What it puts into the inbox; null for nothing.</summary>
    public InboxLetter? Letter { get; init; }

    /// <summary>Messages that may have been said before.</summary>
    public ImmutableArray<SealedMessage> Messages { get; init; } = [];
}
