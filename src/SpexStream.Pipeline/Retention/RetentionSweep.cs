using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Retention;

namespace SpexStream.Pipeline.Retention;

/// <summary>
/// Carries a plan out. A scene is kept from being opened while things of it go; one that was worked on since the plan
/// was made is left for the next one.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="places">Where things lie.</param>
/// <param name="hold">Keeps a scene from being opened until it is disposed of; null when the scene is open.</param>
/// <param name="time">The clock.</param>
/// <param name="holdElsewhere">The same for other nodes, for what they share: products and facts; null where there are
/// no others.</param>
public sealed class RetentionSweep(
    ISceneJournal journal, RetentionPlaces places, Func<SceneId, IDisposable?> hold, TimeProvider time,
    Func<SceneId, CancellationToken, ValueTask<IAsyncDisposable?>>? holdElsewhere = null)
{
    /// <summary>Deletes, and tells what was deleted and what could not be.</summary>
    public async Task CarryOutAsync(
        RetentionPlan plan, Action<RetentionDeletion> onDone, Action<RetentionDeletion, Exception> onFault,
        CancellationToken cancellation)
    {
        foreach (var deletion in plan.Deletions.Where(deletion => deletion.Item.Scene is null))
        {
            TryDelete(deletion, onDone, onFault);
        }

        foreach (var scene in plan.Deletions.Where(deletion => deletion.Item.Scene is not null)
            .GroupBy(deletion => deletion.Item.Scene!.Value))
        {
            cancellation.ThrowIfCancellationRequested();
            using var held = hold(scene.Key);
            if (held is not null)
            {
                await CarryOutHeldAsync(scene.Key, [.. scene], onDone, onFault, cancellation);
            }
        }
    }

    private async Task CarryOutHeldAsync(
        SceneId scene, RetentionDeletion[] deletions, Action<RetentionDeletion> onDone,
        Action<RetentionDeletion, Exception> onFault, CancellationToken cancellation)
    {
        if (holdElsewhere is null || !deletions.Any(deletion =>
            deletion.Item.Class is RetentionClass.Superseded or RetentionClass.Product or RetentionClass.Facts))
        {
            await CarryOutAsync(scene, deletions, onDone, onFault, cancellation);
            return;
        }

        await using var held = await holdElsewhere(scene, cancellation);
        if (held is not null)
        {
            await CarryOutAsync(scene, deletions, onDone, onFault, cancellation);
        }
    }

    private async Task CarryOutAsync(
        SceneId scene, RetentionDeletion[] deletions, Action<RetentionDeletion> onDone,
        Action<RetentionDeletion, Exception> onFault, CancellationToken cancellation)
    {
        var listing = await journal.FindAsync(scene, cancellation);
        if (deletions.Any(deletion => deletion.Item.Sequence != (listing?.LastSequence ?? 0)))
        {
            return;
        }

        var removed = new List<SceneFact>();
        foreach (var deletion in deletions.Where(deletion => deletion.Item.Class != RetentionClass.Facts))
        {
            if (TryDelete(deletion, onDone, onFault)
                && deletion.Item.Class is RetentionClass.Superseded or RetentionClass.Product)
            {
                removed.Add(new SceneFact.ProductRemoved(
                    deletion.Item.Revision, Path.GetFileName(deletion.Item.Path)));
            }
        }

        if (removed.Count > 0)
        {
            var writer = await journal.OpenWriterAsync(scene, cancellation);
            await writer.AppendAsync(new(time.GetUtcNow(), [.. removed]), cancellation);
        }

        foreach (var facts in deletions.Where(deletion => deletion.Item.Class == RetentionClass.Facts))
        {
            if (await journal.ForgetAsync(scene, cancellation) == ForgetOutcome.Forgotten)
            {
                onDone(facts);
            }
        }
    }

    private bool TryDelete(
        RetentionDeletion deletion, Action<RetentionDeletion> onDone, Action<RetentionDeletion, Exception> onFault)
    {
        try
        {
            Delete(deletion.Item);
            onDone(deletion);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // One thing that will not go must not keep the others; it is tried again in the next round.
            onFault(deletion, fault);
            return false;
        }
    }

    private void Delete(RetentionItem item)
    {
        if (item is { Scene: { } scene, Class: RetentionClass.Product or RetentionClass.Superseded })
        {
            var link = Path.Combine(places.OutputRoot, scene.Value);
            if (new FileInfo(link).LinkTarget == Path.GetFileName(item.Path))
            {
                File.Delete(link);
            }
        }

        if (!Directory.Exists(item.Path) || new DirectoryInfo(item.Path).LinkTarget is not null)
        {
            File.Delete(item.Path);
            return;
        }

        // Whoever reads finds it whole or not at all; what a crash leaves half deleted is an orphan by its name.
        var (parent, name) = (Path.GetDirectoryName(item.Path)!, Path.GetFileName(item.Path));
        var aside = name.StartsWith('.') ? item.Path : Path.Combine(parent, $".{name}.{Guid.NewGuid():N}");
        if (aside != item.Path)
        {
            Directory.Move(item.Path, aside);
        }

        Directory.Delete(aside, recursive: true);
    }
}
