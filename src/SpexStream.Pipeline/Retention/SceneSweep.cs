using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Retention;

namespace SpexStream.Pipeline.Retention;

/// <summary>What goes of one scene, which this process keeps from being opened meanwhile. That a product goes is
/// written down first, under the right to the scene: whoever comes later knows that it is gone, and nobody who has the
/// scene loses one.</summary>
/// <param name="scene">The scene.</param>
/// <param name="deletions">What is to go.</param>
/// <param name="journal">The journal.</param>
/// <param name="time">The clock.</param>
/// <param name="tryDelete">Deletes one thing; false when it would not go, which is told.</param>
internal sealed class SceneSweep(
    SceneId scene, RetentionDeletion[] deletions, ISceneJournal journal, TimeProvider time,
    Func<RetentionDeletion, bool> tryDelete)
{
    /// <summary>Whether it concerns what nodes share: products, and the scene's facts.</summary>
    public bool NeedsRight => deletions.Any(deletion => IsProduct(deletion) || IsFacts(deletion));

    /// <summary>Deletes, if nothing has happened to the scene since the plan was made.</summary>
    /// <param name="writer">Opens the scene's writer.</param>
    /// <param name="onForgotten">Told when the facts are gone.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <exception cref="JournalBusyException">Another node has the scene; nothing of it went that it needs.</exception>
    /// <exception cref="StaleEpochException">The same.</exception>
    public async Task CarryOutAsync(
        Func<ValueTask<ISceneWriter>> writer, Action<RetentionDeletion> onForgotten, CancellationToken cancellation)
    {
        if (!await IsAsPlannedAsync(cancellation))
        {
            return;
        }

        var products = deletions.Where(IsProduct).ToArray();
        if (products.Length > 0)
        {
            var right = await writer();
            if (!await IsAsPlannedAsync(cancellation))
            {
                return;
            }

            await TellAsync(right, products, cancellation);
        }

        foreach (var deletion in deletions.Where(deletion => !IsFacts(deletion)))
        {
            tryDelete(deletion);
        }

        foreach (var facts in deletions.Where(IsFacts))
        {
            if (await journal.ForgetAsync(scene, cancellation) == ForgetOutcome.Forgotten)
            {
                onForgotten(facts);
            }
        }
    }

    private async ValueTask<bool> IsAsPlannedAsync(CancellationToken cancellation)
    {
        var last = (await journal.FindAsync(scene, cancellation))?.LastSequence ?? 0;
        return deletions.All(deletion => deletion.Item.Sequence == last);
    }

    // Once for each: one that would not go last time is told of already.
    private async Task TellAsync(ISceneWriter right, RetentionDeletion[] products, CancellationToken cancellation)
    {
        var told = await ToldFiles.ReadAsync(journal, scene, cancellation);
        SceneFact[] removed =
        [
            .. from product in products
               let folder = Path.GetFileName(product.Item.Path)
               where !told.Removed.Contains(folder)
               select new SceneFact.ProductRemoved(product.Item.Revision, folder),
        ];
        if (removed.Length > 0)
        {
            await right.AppendAsync(new(time.GetUtcNow(), [.. removed]), cancellation);
        }
    }

    private static bool IsProduct(RetentionDeletion deletion) =>
        deletion.Item.Class is RetentionClass.Superseded or RetentionClass.Product;

    private static bool IsFacts(RetentionDeletion deletion) => deletion.Item.Class == RetentionClass.Facts;
}
