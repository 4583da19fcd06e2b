using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Imagery;

/// <summary>A raster could not be opened, read or written: which file, which window, and what the library
/// said.</summary>
public sealed class RasterException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file, as it was asked for.</param>
    /// <param name="window">The window in file pixels; null when the whole file is meant.</param>
    /// <param name="detail">What went wrong, in the words of the library, and what to do where that is known.</param>
    /// <param name="inner">The cause, if another exception was.</param>
    public RasterException(string path, PixelWindow? window, string detail, Exception? inner = null)
        : base(window is { } w ? $"{path} [{w}]: {detail}" : $"{path}: {detail}", inner) =>
        (Path, Window, Detail) = (path, window, detail);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The window in file pixels, if one was meant.</summary>
    public PixelWindow? Window { get; }

    /// <summary>What went wrong.</summary>
    public string Detail { get; }
}
