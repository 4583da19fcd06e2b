using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Synthesis;

/// <summary>
/// A made satellite scene with known truth: six bands of surface reflectance x 10000 as uint16, 0 outside of the
/// slanted swath, on a UTM grid. Every pixel is a function of the options and its own place, so any window can be made
/// at any time, in any order and on any thread, and always has the same values. Nothing is kept but the map: memory
/// does not grow with the scene, apart from coarse planes of a few megabytes.
/// </summary>
public sealed class SyntheticScene
{
    /// <summary>Bands in the order in which they are filled.</summary>
    public const int BandCount = Cover.Bands;

    /// <summary>WGS 84 / UTM zone 33N.</summary>
    public const int EpsgCode = 32633;

    // The corner of a well-known tile of the Sentinel-2 grid (33TVL), on the northern Adriatic.
    private const double OriginEast = 399_960;
    private const double OriginNorth = 5_100_000;

    // A satellite in a low sun-synchronous orbit; its shadow point moves at about 6.7 km/s.
    private const double GroundMetresPerSecond = 6_700;

    private readonly ScenePlan _plan;
    private readonly ConcurrentBag<BlockRenderer> _renderers = [];

    private SyntheticScene(SynthesisOptions options)
    {
        Options = options;
        _plan = new(options);
        var size = options.PixelSizeMetres;
        Grid = new(OriginEast, size, 0, OriginNorth, 0, -size);
        Strips = [.. Enumerable.Range(0, options.Strips).Select(StripWindow)];
        Imagery = new(
            new BandSet(["blue", "green", "red", "nir", "swir16", "swir22"]),
            PixelType.UInt16,
            Radiometry.Uniform(BandCount, 0.0001, 0, RadiometryLevel.SurfaceReflectance),
            [.. Enumerable.Repeat<double?>(0, BandCount)],
            size);
    }

    /// <summary>What the scene was made from.</summary>
    public SynthesisOptions Options { get; }

    /// <summary>The whole scene.</summary>
    public PixelWindow Window => new(0, 0, Options.Width, Options.Height);

    /// <summary>Pixel to CRS, see <see cref="EpsgCode"/>; metres.</summary>
    public Affine Grid { get; }

    /// <summary>Bands, sample type, radiometry and nodata.</summary>
    public SceneImagery Imagery { get; }

    /// <summary>The runs of whole rows that the scene is delivered in, from the top; heights differ by one at
    /// most.</summary>
    public ImmutableArray<PixelWindow> Strips { get; }

    /// <summary>Columns and rows from a cloud to its shadow on the ground.</summary>
    public (int Columns, int Rows) ShadowOffset => _plan.Weather.ShadowOffset;

    /// <summary>Draws the map of a scene; no pixel is made yet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static SyntheticScene Create(SynthesisOptions options)
    {
        options.Check();
        return new(options);
    }

    /// <summary>When a row was sensed, row 0 first; <see cref="SynthesisOptions.Height"/> gives the end of the
    /// pass.</summary>
    public DateTimeOffset SensedAt(int row) =>
        Options.AcquiredFrom + TimeSpan.FromSeconds(row * Options.PixelSizeMetres / GroundMetresPerSecond);

    /// <summary>Makes a window. Safe to call from several threads at once; each keeps a few megabytes of
    /// scratch.</summary>
    /// <param name="window">A part of <see cref="Window"/>, not empty.</param>
    /// <param name="bandSequential">Takes <see cref="BandCount"/> planes of the window, row by row.</param>
    /// <param name="truth">Takes a <see cref="TruthCode"/> per pixel, row by row.</param>
    /// <exception cref="ArgumentException">The window leaves the scene or a span is too short.</exception>
    public void Fill(PixelWindow window, Span<ushort> bandSequential, Span<byte> truth)
    {
        if (window.IsEmpty || !Window.Contains(window))
        {
            throw new ArgumentException($"Window {window} is not a part of the scene {Window}.", nameof(window));
        }

        if (bandSequential.Length < BandCount * window.Area || truth.Length < window.Area)
        {
            throw new ArgumentException($"The spans are too short for window {window}.", nameof(bandSequential));
        }

        if (!_renderers.TryTake(out var renderer))
        {
            renderer = new(_plan);
        }

        renderer.Fill(window, bandSequential, truth);
        _renderers.Add(renderer);
    }

    private PixelWindow StripWindow(int index)
    {
        var top = (int)((long)index * Options.Height / Options.Strips);
        var bottom = (int)((long)(index + 1) * Options.Height / Options.Strips);
        return new(0, top, Options.Width, bottom - top);
    }
}
