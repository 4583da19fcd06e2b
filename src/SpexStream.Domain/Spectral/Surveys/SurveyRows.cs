using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral.Kernels;

namespace SpexStream.Domain.Spectral.Surveys;

/// <summary>The core of one tile row by row, as the kernel sees it: codes and indices (times 10000).</summary>
internal sealed unsafe class SurveyRows : IDisposable
{
    private readonly TileEngine _engine;
    private readonly PixelPlanes _pixels;
    private readonly KernelSettings _settings;
    private readonly Scratch _scratch;
    private readonly byte* _preset;
    private readonly RowTarget _target;

    public SurveyRows(TileEngine engine, PixelPlanes pixels, KernelSettings settings)
    {
        // Medians of built-up are what a survey looks for; what is built-up already does not matter to it.
        (_engine, _pixels, _settings) = (engine, pixels, settings with { Buildings = false, Texture = false });
        var room = pixels.Core.Width + Scratch.Padding;
        _scratch = new Scratch((room * 16) + 1024);
        _preset = _scratch.Take<byte>(room);
        _target = new()
        {
            Codes = _scratch.Take<byte>(room),
            Seeds = _scratch.Take<byte>(room),
            Ndwi = _scratch.Take<short>(room),
            Ndvi = _scratch.Take<short>(room),
            Mndwi = _scratch.Take<short>(room),
            Ndbi = _scratch.Take<short>(room),
        };
    }

    public int Width => _pixels.Core.Width;

    public int Height => _pixels.Core.Height;

    public ReadOnlySpan<byte> Codes => new(_target.Codes, Width);

    public ReadOnlySpan<short> Ndwi => new(_target.Ndwi, Width);

    public ReadOnlySpan<short> Ndvi => new(_target.Ndvi, Width);

    public ReadOnlySpan<short> Mndwi => new(_target.Mndwi, Width);

    /// <summary>Reads a core row; the spans then show it.</summary>
    public void Read(int row) => _engine.Row(
        _pixels, WindowRow(row), WindowColumn, Width, _settings, _preset, _target);

    /// <summary>Order-preserving keys of one band in a core row.</summary>
    public void Keys(int band, int row, Span<ushort> target) =>
        _engine.Keys(_pixels.Row(band, WindowRow(row)), WindowColumn, target[..Width]);

    /// <summary>Linear values of one band in a core row, as words; the target is a multiple of 16 long.</summary>
    public void Quantise(int band, int row, float gain, float bias, float scale, Span<ushort> target)
    {
        fixed (ushort* first = target)
        {
            _engine.Quantise(_pixels.Row(band, WindowRow(row)), WindowColumn, Width, gain, bias, scale, first);
        }
    }

    public static bool IsMeasured(byte code) => code < CoverCode.FirstReason;

    public void Dispose() => _scratch.Dispose();

    private int WindowColumn => _pixels.Core.Column - _pixels.Window.Column;

    private int WindowRow(int row) => row + _pixels.Core.Row - _pixels.Window.Row;
}
