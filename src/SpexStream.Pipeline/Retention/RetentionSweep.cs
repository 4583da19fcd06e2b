using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Retention;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Retention;

/// <summary>
/// Carries a plan out. A scene is kept from being opened, here and by other nodes, while things of it go that they
/// share; one that was worked on since the plan was made, or that another node has, is left for the next one.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="places">Where things lie.</param>
/// <param name="hold">Keeps a scene from being opened until it is disposed of; null when the scene is open.</param>
/// <param name="time">The clock.</param>
/// <param name="holdElsewhere">The right to a scene among the nodes, for what they share: products and facts; null when
/// another one has it. Null where there are no others.</param>
public sealed class RetentionSweep(
    ISceneJournal journal, RetentionPlaces places, Func<SceneId, IDisposable?> hold, TimeProvider time,
    Func<SceneId, CancellationToken, ValueTask<ISceneHold?>>? holdElsewhere = null)
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
            if (held is null)
            {
                continue;
            }

            var sweep = new SceneSweep(
                scene.Key, [.. scene], journal, time, deletion => TryDelete(deletion, onDone, onFault));
            try
            {
                await CarryOutAsync(scene.Key, sweep, onDone, cancellation);
            }
            catch (JournalException other) when (other is JournalBusyException or StaleEpochException)
            {
                // Another node has it, or has just taken it: all that it needs is there.
            }
        }
    }

    /// <summary>Makes scenes' names lead where the journal says, where somebody died or stood still who was about to.
    /// </summary>
    public async Task MendNamesAsync(Action<string> onFault, CancellationToken cancellation)
    {
        var naming = new SceneNaming(journal, places.OutputRoot, time);
        foreach (var scene in FoundFiles.Misnamed(places.OutputRoot))
        {
            try
            {
                await naming.MendAsync(scene, cancellation);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // One name that cannot be made must not keep the others; it is tried again in the next round.
                onFault(fault.Message);
            }
        }
    }

    private async Task CarryOutAsync(
        SceneId scene, SceneSweep sweep, Action<RetentionDeletion> onDone, CancellationToken cancellation)
    {
        if (holdElsewhere is null || !sweep.NeedsRight)
        {
            await sweep.CarryOutAsync(() => journal.OpenWriterAsync(scene, cancellation), onDone, cancellation);
            return;
        }

        await using var right = await holdElsewhere(scene, cancellation);
        if (right is not null)
        {
            await sweep.CarryOutAsync(() => new(right.Writer), onDone, cancellation);
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
            // One that somebody moves in this very moment is mended at the end of the round.
            ProductLink.Remove(places.OutputRoot, scene.Value, Path.GetFileName(item.Path));
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
