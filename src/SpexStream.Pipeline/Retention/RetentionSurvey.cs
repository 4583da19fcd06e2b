using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Retention;

namespace SpexStream.Pipeline.Retention;

/// <summary>Looks at what is there, and at what the journal says of it. Changes nothing.</summary>
public sealed class RetentionSurvey(IJournalReader journal, RetentionPlaces places)
{
    // The longest closed first: what is left out this time is younger, and comes when these are gone.
    private const int MostFacts = 1000;

    /// <summary>Everything that the rules have something to say about.</summary>
    public async Task<ImmutableArray<RetentionItem>> TakeAsync(
        RetentionRules rules, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = FoundFiles.In(places);
        var waiting = await journal.ListUnacknowledgedAsync(cancellation);
        var items = ImmutableArray.CreateBuilder<RetentionItem>();
        foreach (var (scene, files) in found.Scenes)
        {
            // A product that stands and is kept is the rule, and there may be very many.
            if (rules.ProductAge is not null || files is not { Work: null, Spooled.Count: 0, Products.Count: <= 1 })
            {
                items.AddRange(await OfSceneAsync(scene, files, waiting, cancellation));
            }
        }

        foreach (var orphan in found.Orphans)
        {
            items.Add(await OfOrphanAsync(orphan, waiting, cancellation));
        }

        items.AddRange(found.Strange.Select(path => Item(RetentionClass.Unknown, path, null, waiting)));
        if (places.KeepsProducts())
        {
            items.AddRange(await FactsAsync(rules, now, found, waiting, cancellation));
        }

        return items.ToImmutable();
    }

    // Others may have the same folder for their products: what names a scene is ours only if the journal knows that
    // scene, and gave out that epoch.
    private async Task<RetentionItem> OfOrphanAsync(
        FoundOrphan orphan, ImmutableHashSet<SceneId> waiting, CancellationToken cancellation)
    {
        if (orphan.Scene is not { } scene)
        {
            return Item(RetentionClass.Orphan, orphan.Path, null, waiting);
        }

        var listing = await journal.FindAsync(scene, cancellation);
        var isOurs = listing is not null && (orphan.Epoch is not { } epoch
            || (await ToldFiles.ReadAsync(journal, scene, cancellation)).HasEpoch(epoch, listing));
        return Item(isOurs ? RetentionClass.Orphan : RetentionClass.Unknown, orphan.Path, listing, waiting) with
        {
            Scene = scene,
        };
    }

    private async Task<IEnumerable<RetentionItem>> OfSceneAsync(
        SceneId scene, SceneFiles files, ImmutableHashSet<SceneId> waiting, CancellationToken cancellation)
    {
        if (await journal.FindAsync(scene, cancellation) is not { } listing)
        {
            return files.Products.Select(product => product.Path).Concat(files.Spooled)
                .Concat(files.Work is null ? [] : [files.Work])
                .Select(path => Item(RetentionClass.Unknown, path, null, waiting) with { Scene = scene });
        }

        var told = await ToldFiles.ReadAsync(journal, scene, cancellation);
        var items = new List<RetentionItem>();
        foreach (var (path, revision, epoch) in files.Products)
        {
            items.Add(Item(ClassOf(path, epoch, listing, told), path, listing, waiting) with { Revision = revision });
        }

        items.AddRange(files.Spooled.Select(path => Item(
            told.Rasters.Contains(Path.GetFileName(path)) ? RetentionClass.Spool : RetentionClass.Unknown,
            path, listing, waiting)));
        if (files.Work is not null)
        {
            items.Add(Item(RetentionClass.Work, files.Work, listing, waiting));
        }

        return items;
    }

    private RetentionClass ClassOf(string path, long epoch, SceneListing listing, ToldFiles told)
    {
        var name = Path.GetFileName(path);
        return name == listing.Folder
            ? listing.Standing == SceneStanding.Retracted ? RetentionClass.Superseded : RetentionClass.Product
            : told.Products.Contains(name) ? RetentionClass.Superseded
            : !told.HasEpoch(epoch, listing) ? RetentionClass.Unknown
            // Readers may have found it under the scene's name already, although nobody was told.
            : new FileInfo(Path.Combine(places.OutputRoot, listing.Scene.Value)).LinkTarget == name
                ? RetentionClass.Unknown
                : RetentionClass.Orphan;
    }

    private async Task<IEnumerable<RetentionItem>> FactsAsync(
        RetentionRules rules, DateTimeOffset now, FoundFiles found, ImmutableHashSet<SceneId> waiting,
        CancellationToken cancellation)
    {
        if (rules.FactsAge is not { } age)
        {
            return [];
        }

        var closed = await journal.ListClosedAsync(now - age, MostFacts, cancellation);
        return closed.Where(listing => !found.Scenes.ContainsKey(listing.Scene)).Select(listing =>
            new RetentionItem(RetentionClass.Facts, listing.Scene.Value, 0, listing.StandsSince)
            {
                Scene = listing.Scene,
                Standing = listing.Standing,
                MessagesWait = waiting.Contains(listing.Scene),
                Sequence = listing.LastSequence,
            });
    }

    private RetentionItem Item(
        RetentionClass value, string path, SceneListing? listing, ImmutableHashSet<SceneId> waiting)
    {
        var use = DiskUse.Of(path);
        var closed = listing is not null && value != RetentionClass.Orphan ? listing.StandsSince : use.WrittenAt;
        return new(value, path, use.Bytes, closed > use.WrittenAt ? closed : use.WrittenAt)
        {
            Scene = listing?.Scene,
            Standing = listing?.Standing,
            MessagesWait = listing is not null && waiting.Contains(listing.Scene),
            Sequence = listing?.LastSequence ?? 0,
            Volume = places.VolumeOf(path),
        };
    }
}
