using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The rules as a second backend beside a model: what they make of a tile whose pixels are in memory for the model
/// anyway. Immutable; any thread.
/// </summary>
internal sealed class SecondRules
{
    /// <summary>Code of a pixel of which nothing is said.</summary>
    public const byte Silence = CoverCode.Undecided;

    private readonly ILearnedBackend _backend;
    private readonly ITileBackend _rules;
    private readonly ImmutableArray<LandCoverClass> _classes;

    private SecondRules(ILearnedBackend backend, ITileBackend rules, ImmutableArray<LandCoverClass> classes) =>
        (_backend, _rules, _classes) = (backend, rules, classes);

    /// <summary>Name of the rules.</summary>
    public string Name => _rules.Name;

    /// <summary>Version of the rules.</summary>
    public string Version => _rules.Version;

    /// <summary>The second backend of a scene; null where none is wanted, no model answers, or the bands do not suffice
    /// for rules.</summary>
    public static SecondRules? For(ProcessingOptions options, ITileBackend backend) =>
        options.SecondOpinion && backend is ILearnedBackend { Fallback: { } rules } learned
            ? new(learned, rules, options.Classes) : null;

    /// <summary>The classes of which something is said when the model goes by some findings.</summary>
    public ImmutableArray<LandCoverClass> Told(ISceneFindings findings) =>
        _backend.RuleFindings(findings) is { } known ? [.. _classes.Where(value => _rules.Tells(value, known))] : [];

    /// <summary>Fills the codes of an evidence by what rules say of some pixels, of what alerts ask for only. False
    /// where they say nothing; then the evidence is undefined.</summary>
    public bool TryClassify(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence)
    {
        var told = Told(findings);
        if (told.IsEmpty)
        {
            return false;
        }

        _rules.Classify(pixels, _backend.RuleFindings(findings)!, evidence);
        Simplify(told, evidence);
        return true;
    }

    // Only what alerts ask for is left, so that it packs well.
    private unsafe void Simplify(ImmutableArray<LandCoverClass> told, TileEvidence evidence)
    {
        Span<byte> table = stackalloc byte[256];
        var bits = told.Aggregate(0, (sum, value) => sum | CoverCode.RegionBit(value))
            | (told.Contains(LandCoverClass.Water) ? CoverCode.PartialWater : 0);
        for (var code = 0; code < table.Length; code++)
        {
            // Dark land may be cloud shadow: only the whole scene could tell.
            var isSilent = code >= CoverCode.FirstReason || (code & CoverCode.DarkLand) != 0;
            table[code] = isSilent ? Silence : (byte)(code & bits);
        }

        var needsSeed = _rules.RequiresSeed(LandCoverClass.Water);
        for (var row = 0; row < evidence.Core.Height; row++)
        {
            var codes = new Span<byte>(evidence.Codes(row), evidence.Core.Width);
            var seeds = new ReadOnlySpan<byte>(evidence.Seeds(row), codes.Length);
            for (var i = 0; i < codes.Length; i++)
            {
                var code = table[codes[i]];
                // A region without any seed is dropped; which has one, no tile knows. Sure is the seed alone.
                codes[i] = needsSeed && (code & (CoverCode.Water | CoverCode.FirstReason)) == CoverCode.Water
                    && (seeds[i] & CoverCode.Water) == 0
                    ? (byte)(code ^ CoverCode.Water ^ CoverCode.PartialWater) : code;
            }
        }
    }
}
