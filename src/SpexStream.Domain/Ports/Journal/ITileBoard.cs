using System.Collections.Immutable;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>
/// Tiles of big scenes, worked on by every node. The scene's owner offers them under its epoch; nodes claim as many as
/// their devices have asked for, each opening the strips itself; the owner collects what they found. A claim that
/// expires is free for others, and its late answer is refused. Nothing here has to survive: answers are found again by
/// their number. Safe for use from several threads; every call can throw a <see cref="JournalException"/>.
/// </summary>
public interface ITileBoard
{
    /// <summary>Offers work. What stands there already stays, with its answer if there is one, and belongs to this
    /// epoch from now on.</summary>
    /// <exception cref="StaleEpochException">The epoch is not that of the scene's writer.</exception>
    ValueTask OfferAsync(
        SceneId scene, long epoch, ImmutableArray<TileOffer> offers, CancellationToken cancellation = default);

    /// <summary>Claims work of any open scene whose owner has not changed: scenes with the earliest deadline first,
    /// then the highest priority, then in the order of offering. Never waits for others who claim at the same
    /// time.</summary>
    /// <param name="max">At most so many, at least 1.</param>
    /// <param name="term">How long the claim holds, by the journal's clock.</param>
    /// <param name="except">Scenes that are passed over: those of the node itself, which does without claims.</param>
    /// <param name="cancellation">Takes the question back.</param>
    ValueTask<ImmutableArray<TileClaim>> ClaimAsync(
        int max, TimeSpan term, ImmutableArray<SceneId> except, CancellationToken cancellation = default);

    /// <summary>Keeps others from work that nobody has begun, or whose claim has expired, so that its owner can do it:
    /// scenes in the order of <see cref="ClaimAsync"/>, of each what was offered last first. It stands there until it
    /// is withdrawn; others can have it again after the term, so an answer that gets lost on its way loses no work.
    /// Counts as no attempt.</summary>
    /// <param name="scenes">Scenes of the owner, each once.</param>
    /// <param name="max">At most so many of all together, at least 1.</param>
    /// <param name="term">How long others are kept from it, by the journal's clock.</param>
    /// <param name="cancellation">Takes the question back.</param>
    /// <returns>Scenes and numbers of it, in no order.</returns>
    ValueTask<ImmutableArray<(SceneId Scene, string Number)>> ReclaimAsync(
        ImmutableArray<SceneRoom> scenes, int max, TimeSpan term, CancellationToken cancellation = default);

    /// <summary>Makes claims hold for a term from now on; gives those that could be.</summary>
    ValueTask<ImmutableHashSet<long>> RenewAsync(
        ImmutableArray<TileClaim> claims, TimeSpan term, CancellationToken cancellation = default);

    /// <summary>Hands in an answer. False when nobody wants it any more: the claim has expired and was taken by
    /// another, the scene has another owner, or the work was withdrawn.</summary>
    ValueTask<bool> AnswerAsync(
        TileClaim claim, ReadOnlyMemory<byte> result, CancellationToken cancellation = default);

    /// <summary>Gives a claim back unworked, as when a node drains; the attempt does not count.</summary>
    ValueTask ReturnAsync(ImmutableArray<TileClaim> claims, CancellationToken cancellation = default);

    /// <summary>Answers of a scene, and what was given up; they stay until they are withdrawn.</summary>
    ValueTask<ImmutableArray<TileResult>> CollectAsync(
        SceneId scene, long epoch, int max, CancellationToken cancellation = default);

    /// <summary>Drops work, answered or not; claims on it are void.</summary>
    /// <exception cref="StaleEpochException">The epoch is not that of the scene's writer.</exception>
    ValueTask WithdrawAsync(
        SceneId scene, long epoch, ImmutableArray<string> numbers, CancellationToken cancellation = default);

    /// <summary>Drops all work of a scene, whoever offered it.</summary>
    /// <exception cref="StaleEpochException">The epoch is not that of the scene's writer.</exception>
    ValueTask ClearAsync(SceneId scene, long epoch, CancellationToken cancellation = default);

    /// <summary>Ends when there is work to claim, or may be.</summary>
    Task WaitForWorkAsync(CancellationToken cancellation);

    /// <summary>Ends when an answer for a scene can be collected.</summary>
    ValueTask WaitForAnswersAsync(SceneId scene, long epoch, CancellationToken cancellation);
}
