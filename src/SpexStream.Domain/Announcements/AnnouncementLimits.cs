using System.Collections.Immutable;
using SpexStream.Domain.Spie;

namespace SpexStream.Domain.Announcements;

/// <summary>What a station accepts at most. Lengths of text are in UTF-16 characters.</summary>
public sealed record AnnouncementLimits
{
    /// <summary>The defaults.</summary>
    public static AnnouncementLimits Default { get; } = new();

    /// <summary>Bytes of the JSON of one announcement.</summary>
    public int MaxJsonBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes of a raster sent in the message itself; 0 refuses the in-band form.</summary>
    public long MaxInBandBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes of a raster, as announced.</summary>
    public long MaxStripBytes { get; init; } = 64L * 1024 * 1024 * 1024;

    /// <summary>Levels of nesting of the JSON.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Length of a name or code.</summary>
    public int MaxNameLength { get; init; } = 256;

    /// <summary>Length of an href.</summary>
    public int MaxHrefLength { get; init; } = 2048;

    /// <summary>Length of the instruction.</summary>
    public int MaxInstructionLength { get; init; } = SpieInstruction.MaxLength;

    /// <summary>Bands of the raster.</summary>
    public int MaxBands { get; init; } = 512;

    /// <summary>Links of the Item.</summary>
    public int MaxLinks { get; init; } = 64;

    /// <summary>Instruments of the Item.</summary>
    public int MaxInstruments { get; init; } = 16;

    /// <summary>Positions of the geometry.</summary>
    public int MaxVertices { get; init; } = 4096;

    /// <summary>How far the sender's clock may be ahead.</summary>
    public TimeSpan MaxFutureSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long ago sensing may have ended; null for no limit (replays).</summary>
    public TimeSpan? MaxDataAge { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Schemes that may be read; <see cref="StripHref.FileScheme"/> covers plain paths.</summary>
    public ImmutableHashSet<string> Schemes { get; init; } = [StripHref.FileScheme];

    /// <summary>Absolute folders that local files must lie in; empty for no limit.</summary>
    public ImmutableArray<string> Roots { get; init; } = [];
}
