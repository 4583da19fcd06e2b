using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// Keeps scenes' names leading where the journal says. The move of a name and the fact behind it are two steps: an
/// owner that stands still between its look and its move makes the move when its time is long over. So whoever moves a
/// name reads the journal afterwards and mends it, and whoever publishes looks once more behind the fact; what one that
/// dies in between leaves, rounds of retention find. Safe for use from several threads and processes.
/// </summary>
/// <param name="journal">What products there are.</param>
/// <param name="root">The output folder.</param>
/// <param name="time">The clock.</param>
internal sealed class SceneNaming(IJournalReader journal, string root, TimeProvider time)
{
    // Each further look means that somebody else has moved it in between.
    private const int MostLooks = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Moves a name: root, scene, folder.</summary>
    public Action<string, string, string> Move { get; init; } = ProductLink.Point;

    /// <summary>Makes a scene's name lead to a product that this process puts into place and will publish.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="folder">Name of the product's folder.</param>
    /// <param name="revision">Its revision.</param>
    /// <param name="epoch">The epoch under which it was made.</param>
    /// <param name="abandoned">Requested when the right to the scene is over.</param>
    /// <exception cref="OperationCanceledException">The right is over, or there is a newer product.</exception>
    /// <exception cref="IOException">The file system will not take it.</exception>
    public async Task NameAsync(
        SceneId scene, string folder, int revision, long epoch, CancellationToken abandoned)
    {
        // The next owner makes the revision anew.
        abandoned.ThrowIfCancellationRequested();
        if (ProductLink.LeadsFurther(root, scene.Value, revision, epoch))
        {
            throw new OperationCanceledException($"Another node has a newer product of scene {scene}.");
        }

        Move(root, scene.Value, folder);
        await TryMendAsync(scene);
    }

    /// <summary>Looks, when the fact of a product is written, whether the name still leads there.</summary>
    public async Task ConfirmAsync(SceneId scene, string folder)
    {
        if (ProductLink.TargetOf(root, scene.Value) != folder)
        {
            await TryMendAsync(scene);
        }
    }

    /// <summary>Makes a scene's name lead where the journal says; one that others are about to move is left to
    /// them.</summary>
    /// <returns>Whether something had to be done.</returns>
    /// <exception cref="IOException">The file system will not take it.</exception>
    /// <exception cref="JournalException">Nothing is known.</exception>
    public async ValueTask<bool> MendAsync(SceneId scene, CancellationToken cancellation)
    {
        var looks = 0;
        while (await journal.FindAsync(scene, cancellation) is { Folder: { } folder } listing
            && TryMend(listing, folder))
        {
            if (++looks == MostLooks)
            {
                break;
            }
        }

        return looks > 0;
    }

    // Whoever has lost the scene mends its name all the same, but holds nothing up for it.
    private async Task TryMendAsync(SceneId scene)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience, time);
            await MendAsync(scene, limit.Token);
        }
        catch (Exception fault) when (fault is JournalException or OperationCanceledException or IOException
            or UnauthorizedAccessException)
        {
            // Retention looks after it.
        }
    }

    private bool TryMend(SceneListing listing, string folder)
    {
        var scene = listing.Scene.Value;
        var leads = ProductLink.TargetOf(root, scene);
        if (leads is null ? Path.Exists(Path.Combine(root, scene)) : !ProductLink.IsOf(leads, scene))
        {
            // Not made by us.
            return false;
        }

        var isOpen = listing.Standing == SceneStanding.Open;
        var stands = listing.Standing != SceneStanding.Retracted && Directory.Exists(Path.Combine(root, folder));
        var isWhole = leads is not null && Directory.Exists(Path.Combine(root, leads));
        if (!stands)
        {
            return !isOpen && leads is not null && (leads == folder || !isWhole)
                && ProductLink.Remove(root, scene, leads);
        }

        // The owner of an open scene moves its name just before it writes the fact.
        if (leads == folder || (isOpen && isWhole && ProductLink.IsFurther(leads!, folder)))
        {
            return false;
        }

        ProductLink.Point(root, scene, folder);
        return true;
    }
}
