using System.Collections.Immutable;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Backends;

/// <summary>
/// Turns the pixels of one scene into cover codes, tile by tile. A backend that needs facts of the whole scene first
/// (thresholds from histograms) asks for passes over all tiles: <see cref="PassCount"/> times every tile is surveyed
/// and
/// the surveys are summed, in any order with the same result; then every tile is classified with the findings.
/// An instance belongs to one scene and is immutable; its methods may run on several threads at once.
/// </summary>
public interface ITileBackend
{
    /// <summary>Name in products, metrics and options.</summary>
    string Name { get; }

    /// <summary>Version of its rules and weights: answers of another version are never mixed in.</summary>
    string Version { get; }

    /// <summary>Pixels around a pixel that may change its answer; the halo must not be smaller.</summary>
    int ReachPixels { get; }

    /// <summary>Passes over the whole scene before a final classification; 0 when every decision is local.</summary>
    int PassCount { get; }

    /// <summary>The indices it writes into an evidence; the planes of the others are undefined.</summary>
    ImmutableArray<IndexKind> Indices => [];

    /// <summary>Whether a region of a class counts only if one of its pixels is marked in
    /// <see cref="TileEvidence.Seeds"/>.</summary>
    bool RequiresSeed(LandCoverClass value) => false;

    /// <summary>Whether findings are enough to tell a class: where they are not, its absence from an answer says
    /// nothing.</summary>
    bool Tells(LandCoverClass value, ISceneFindings findings) => true;

    /// <summary>The findings before any pass: enough to classify preliminarily.</summary>
    ISceneFindings InitialFindings { get; }

    /// <summary>An empty survey for one pass (0-based), to be filled by one thread and then merged.</summary>
    ISceneSurvey NewSurvey(int pass, ISceneFindings findings);

    /// <summary>What a finished survey says, on top of what the passes before it found.</summary>
    ISceneFindings Conclude(ISceneFindings findings, ISceneSurvey survey);

    /// <summary>Fills <paramref name="evidence"/> for the core of <paramref name="pixels"/>. Calls
    /// <see cref="TileEvidence.Begin"/> itself.</summary>
    void Classify(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence);
}
