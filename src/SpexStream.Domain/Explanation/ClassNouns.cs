using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Explanation;

/// <summary>What each class is called in a sentence: what the spectra can say, and no more.</summary>
internal static class ClassNouns
{
    /// <summary>The noun, without an article; uncountable.</summary>
    public static string Of(LandCoverClass value) => value switch
    {
        LandCoverClass.Water => "open water",
        LandCoverClass.Vegetation => "vegetation",
        LandCoverClass.Buildings => "built-up or bare ground",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>The noun at the start of a sentence.</summary>
    public static string Capital(LandCoverClass value)
    {
        var noun = Of(value);
        return char.ToUpperInvariant(noun[0]) + noun[1..];
    }
}
