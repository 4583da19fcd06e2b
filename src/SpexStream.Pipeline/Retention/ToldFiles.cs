using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Retention;

/// <summary>The files that the facts of one scene tell of, by name.</summary>
/// <param name="Products">Folders that were published.</param>
/// <param name="Rasters">Rasters of strips that are in a published product.</param>
/// <param name="Removed">Folders that retention has said to delete.</param>
/// <param name="FirstEpoch">Epoch of the first fact.</param>
internal sealed record ToldFiles(
    IReadOnlySet<string> Products, IReadOnlySet<string> Rasters, IReadOnlySet<string> Removed, long FirstEpoch)
{
    /// <summary>Whether a writer of the scene may have had this epoch.</summary>
    public bool HasEpoch(long epoch, SceneListing listing) => epoch >= FirstEpoch && epoch <= listing.Epoch;

    /// <summary>Reads the facts of a scene.</summary>
    public static async Task<ToldFiles> ReadAsync(
        IJournalReader journal, SceneId scene, CancellationToken cancellation)
    {
        var (products, published) = (new HashSet<string>(), new HashSet<string>());
        var removed = new HashSet<string>();
        var accepted = new Dictionary<StripKey, string>();
        var first = long.MaxValue;
        await foreach (var recorded in journal.ReadAsync(scene, 0, cancellation))
        {
            first = Math.Min(first, recorded.Epoch);
            switch (recorded.Fact)
            {
                case SceneFact.StripAccepted { Strip: var strip }:
                    var path = StampedPath.TryParse(strip.Path)?.Path ?? strip.Path;
                    accepted[strip.Key] = Path.GetFileName(path);
                    break;
                case SceneFact.StripQuarantined quarantined when accepted.Remove(quarantined.Strip, out var poison):
                    // It can be asked for again, and is in no product.
                    published.Remove(poison);
                    break;
                case SceneFact.SceneAbandoned:
                    // Nobody will ask for them again.
                    published.UnionWith(accepted.Values);
                    break;
                case SceneFact.ProductRemoved gone:
                    removed.Add(gone.Folder);
                    break;
                case SceneFact.ScenePublished { Product: var product }:
                    products.Add(product.Folder);
                    published.UnionWith(accepted.Values);
                    break;
            }
        }

        return new(products, published, removed, first);
    }
}
