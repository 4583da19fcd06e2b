using System.Security.Cryptography;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Imagery;
using SpexStream.Messaging.Ingest;
using SpexStream.Raster;

namespace SpexStream.Daemon.Commands;

/// <summary>Cuts a raster into strips of whole rows, nearly equal in height.</summary>
internal static class StripCuts
{
    private const int Most = 1_000_000;

    /// <summary>How many strips to cut; the raster's height may bound it further.</summary>
    public static CheckedOption<int> Option() => Numbers.Whole("--strips", "Strips to cut", 1, Most, 8);

    /// <summary>The strips' first rows and heights, from the top.</summary>
    public static IReadOnlyList<(int Row, int Height)> Rows(int height, int strips)
    {
        if (strips < 1 || strips > height)
        {
            throw new CommandException(
                $"--strips takes 1 to {height} (the rows of the raster), not {strips}.", CommandException.Misused);
        }

        return [.. Enumerable.Range(0, strips).Select(i =>
        {
            var (start, end) = ((int)((long)height * i / strips), (int)((long)height * (i + 1) / strips));
            return (start, end - start);
        })];
    }

    /// <summary>Writes one strip into a spool folder. What the caller says of nodata cannot always be announced: a tag
    /// that shall not count is left out of the strip.</summary>
    public static StripCut Cut(
        RasterInfo info, string spool, string scene, int index, int count, (int Row, int Height) rows,
        bool withNodata = true,
        CancellationToken cancellation = default)
    {
        var target = Path.Combine(spool, $"{scene}-{index:0000}.tif");
        if (RealPath.Of(target) == RealPath.Of(info.Path))
        {
            throw new CommandException(
                $"{target} is the raster itself, which its strip would replace; choose another --scene or --spool.");
        }

        StripCutter.Cut(info.Path, rows.Row, rows.Height, target, new RasterOptions(), withNodata, cancellation);
        using var stream = File.OpenRead(target);
        var checksum = ContentChecksum.Of(HashKind.Sha256, SHA256.HashData(stream));
        return new StripCut(target, index, count, rows.Row, info.Height, stream.Length, checksum);
    }
}
