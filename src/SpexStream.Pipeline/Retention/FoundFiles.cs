using SpexStream.Domain.Identity;
using SpexStream.Pipeline.Products;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Pipeline.Retention;

/// <summary>What lies in the folders, by its names alone.</summary>
internal sealed class FoundFiles
{
    private readonly Dictionary<SceneId, SceneFiles> _scenes = [];

    private FoundFiles()
    {
    }

    public IReadOnlyDictionary<SceneId, SceneFiles> Scenes => _scenes;

    /// <summary>Left behind by a process that died; whose, if it says so.</summary>
    public List<FoundOrphan> Orphans { get; } = [];

    /// <summary>In a folder that is ours alone, under a name that is not.</summary>
    public List<string> Strange { get; } = [];

    /// <summary>Looks into all folders.</summary>
    public static FoundFiles In(RetentionPlaces places)
    {
        var found = new FoundFiles();
        if (places.KeepsProducts())
        {
            found.LookIntoOutput(places.OutputRoot);
            found.LookIntoTiles(Path.Combine(places.OutputRoot, TileSharingPorts.FolderName));
            if (places.SharedSpool is { } shared)
            {
                found.LookIntoSpool(shared);
            }
        }

        found.LookIntoWork(places.Work);
        found.LookIntoSpool(places.Spool);
        found.Orphans.AddRange(EntriesOf(places.DataRoot)
            .Where(path => Path.GetFileName(path).StartsWith(".probe-", StringComparison.Ordinal) && IsHidden(path))
            .Select(path => new FoundOrphan(path)));
        return found;
    }

    /// <summary>Scenes whose name in the output folder does not lead to the newest product that lies there.</summary>
    public static IReadOnlyCollection<SceneId> Misnamed(string root)
    {
        var found = new FoundFiles();
        found.LookIntoOutput(root);
        var names = EntriesOf(root).Select(path => Path.GetFileName(path))
            .Where(name => !name.Contains('@') && SceneId.TryParse(name, out _)
                && ProductLink.TargetOf(root, name) is not null)
            .Select(SceneId.Parse);
        return
        [
            .. found.Scenes.Keys.Union(names).Where(scene =>
                found.Scenes.GetValueOrDefault(scene)?.NewestProduct != ProductLink.TargetOf(root, scene.Value)),
        ];
    }

    // Others may put things here, too: what has no name of ours is passed over, and so is a folder in the making by the
    // verb that works without a daemon.
    private void LookIntoOutput(string root)
    {
        foreach (var path in EntriesOf(root))
        {
            var name = Path.GetFileName(path);
            if (StoredNames.Product(name) is { } product && Directory.Exists(path))
            {
                Of(product.Scene).Products.Add((path, product.Revision, product.Epoch));
            }
            else if (StoredNames.Aside(name) is { } aside)
            {
                Orphans.Add(new(path) { Scene = aside.Scene, Epoch = aside.Epoch });
            }
            else if (IsHidden(path) && (File.Exists(path) || new FileInfo(path).LinkTarget is not null))
            {
                Orphans.Add(new(path) { Scene = StoredNames.AsideLink(name) });
            }
        }
    }

    // What nodes left for each other: of scenes that are closed nobody needs it.
    private void LookIntoTiles(string root)
    {
        foreach (var path in EntriesOf(root))
        {
            var name = Path.GetFileName(path);
            if (SceneId.TryParse(name, out var scene) && Directory.Exists(path))
            {
                Orphans.Add(new(path) { Scene = scene });
            }
            else if (IsHidden(path))
            {
                Orphans.Add(new(path));
            }
        }
    }

    private void LookIntoWork(string root)
    {
        foreach (var path in EntriesOf(root))
        {
            if (SceneId.TryParse(Path.GetFileName(path), out var scene) && Directory.Exists(path))
            {
                Of(scene).Work = path;
            }
            else if (IsHidden(path))
            {
                Orphans.Add(new(path));
            }
            else
            {
                Strange.Add(path);
            }
        }
    }

    private void LookIntoSpool(string root)
    {
        foreach (var path in EntriesOf(root))
        {
            if (StoredNames.Spooled(Path.GetFileName(path)) is { } scene)
            {
                Of(scene).Spooled.Add(path);
            }
            else if (StoredNames.IsSpoolDraft(path))
            {
                Orphans.Add(new(path));
            }
            else
            {
                Strange.Add(path);
            }
        }
    }

    private SceneFiles Of(SceneId scene) =>
        _scenes.TryGetValue(scene, out var files) ? files : _scenes[scene] = new SceneFiles();

    private static bool IsHidden(string path) => StoredNames.IsHidden(Path.GetFileName(path));

    private static IEnumerable<string> EntriesOf(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder) : [];
}
