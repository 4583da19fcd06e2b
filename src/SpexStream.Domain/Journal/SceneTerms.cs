using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Journal;

/// <summary>
/// How a scene is worked on, fixed when it is opened: a restart with another configuration goes on as it began, for
/// tile results that lie in the work folder fit no other grid. What its backend needs is the backend's own: under
/// another one, or another version, all tiles are done anew (<see cref="Under"/>).
/// </summary>
/// <param name="TileSize">Edge of a tile in pixels.</param>
/// <param name="Halo">Context around a tile in pixels.</param>
/// <param name="PassCount">Surveys over all tiles that the backend needs before it classifies.</param>
/// <param name="GatherTimeout">How long after the FIRST arrival missing strips are waited for.</param>
/// <param name="MaxDataAge">Age since sensing from which a strip is refused; null for none.</param>
/// <param name="Classes">Classes to extract, each at most once.</param>
/// <param name="Backend">Name and version of the backend; answers of another one are never mixed in.</param>
public sealed record SceneTerms(
    int TileSize, int Halo, int PassCount, TimeSpan GatherTimeout, TimeSpan? MaxDataAge,
    ImmutableArray<LandCoverClass> Classes, string Backend)
{
    /// <summary>How a backend is named here.</summary>
    public static string NameOf(ITileBackend backend) => $"{backend.Name} {backend.Version}";

    /// <summary>The terms of a scene that goes on under a backend, be it the one that it began with or another.</summary>
    public SceneTerms Under(ITileBackend backend) =>
        this with { Halo = backend.ReachPixels, PassCount = backend.PassCount, Backend = NameOf(backend) };
}
