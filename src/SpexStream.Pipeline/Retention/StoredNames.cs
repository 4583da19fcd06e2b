using System.Globalization;
using System.Text.RegularExpressions;
using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Retention;

/// <summary>The names under which files of ours lie; whatever has another name is somebody else's.</summary>
internal static partial class StoredNames
{
    /// <summary>The scene, revision and epoch of a product's folder.</summary>
    public static (SceneId Scene, int Revision, long Epoch)? Product(string name) => Read(ProductName().Match(name));

    /// <summary>The scene, revision and epoch of a product that was being written, or deleted.</summary>
    public static (SceneId Scene, int Revision, long Epoch)? Aside(string name) => Read(AsideName().Match(name));

    /// <summary>The scene of a spooled raster.</summary>
    public static SceneId? Spooled(string name) =>
        SpoolName().Match(name) is { Success: true } match && SceneId.TryParse(match.Groups[1].Value, out var scene)
            ? scene
            : null;

    /// <summary>A spooled raster that was being written.</summary>
    public static bool IsSpoolDraft(string name) => SpoolDraft().IsMatch(name);

    /// <summary>Something with a name of its own that was put aside: a probe, a link or a folder on its way.</summary>
    public static bool IsHidden(string name) => Hidden().IsMatch(name);

    /// <summary>The scene of a name in the output folder that was being made, or deleted.</summary>
    public static SceneId? AsideLink(string name) =>
        AsideLinkName().Match(name) is { Success: true } match && SceneId.TryParse(match.Groups[1].Value, out var scene)
            ? scene
            : null;

    private static (SceneId, int, long)? Read(Match match) =>
        match.Success && SceneId.TryParse(match.Groups[1].Value, out var scene)
        && int.TryParse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
        && long.TryParse(match.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? (scene, revision, epoch)
            : null;

    [GeneratedRegex(@"^([^@]+)@r(\d+)\.e(\d+)\z")]
    private static partial Regex ProductName();

    [GeneratedRegex(@"^\.([^@]+)@r(\d+)\.e(\d+)\.[0-9a-f]{32}(?:\.old)?\z")]
    private static partial Regex AsideName();

    [GeneratedRegex(@"^\.([^@]+)\.[0-9a-f]{32}\z")]
    private static partial Regex AsideLinkName();

    [GeneratedRegex(@"^(.+)-\d+-[0-9a-f]{16}\.tif\z")]
    private static partial Regex SpoolName();

    [GeneratedRegex(@"-[0-9a-f]{16}\.tif\.(?:new|[0-9a-f]{32})\z")]
    private static partial Regex SpoolDraft();

    [GeneratedRegex(@"^\..*[.-][0-9a-f]{32}\z")]
    private static partial Regex Hidden();
}
