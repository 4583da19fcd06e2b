using System.Security.Cryptography;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Reliability;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// Rasters that came in their messages, as files, on the disk before the message is acknowledged. A file is named after
/// its content and never written anew: its readers would take it for a changed one. Retention deletes them, when nobody
/// can need them any more. Safe for several threads.
/// </summary>
/// <param name="folder">Where the files lie; several nodes may have the same.</param>
/// <param name="node">The node that writes, as no other of them is called.</param>
public sealed class Spool(string folder, string node) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Ends the use of the spool; the files stay.</summary>
    public void Dispose() => _writing.Dispose();

    /// <summary>Puts a raster down, or finds it where it lies already.</summary>
    /// <exception cref="IOException">The disk will not take it.</exception>
    internal async Task<StripHref> PutAsync(
        StripAnnouncement strip, ContentChecksum checksum, ReadOnlyMemory<byte> raster, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, $"{strip.Scene.Value}-{strip.StripIndex}-{checksum.Hex[..16]}.tif");
        await _writing.WaitAsync(cancellation);
        try
        {
            // One look: what appears behind it was put down by another node just now, and is whole.
            var file = new FileInfo(path);
            var isThere = file.Exists;
            if (!isThere || !await HoldsAsync(file, raster, cancellation))
            {
                MakeFolder();
                await WriteAsync(path, raster, isDamaged: isThere, cancellation);
            }
        }
        finally
        {
            _writing.Release();
        }

        return StripHref.TryParse(path, out var href)
            ? href!
            : throw new IOException($"{path} cannot be a spool file.");
    }

    private void MakeFolder()
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            LinuxFiles.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        }
    }

    private async Task WriteAsync(
        string path, ReadOnlyMemory<byte> raster, bool isDamaged, CancellationToken cancellation)
    {
        // Another node may put the same down. What a crash leaves the next attempt writes over, or it is retention's.
        var aside = $"{path}.{node}";
        try
        {
            await using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
            {
                if (FailPoints.IsDue(FailPoints.SpoolWriteMiddle))
                {
                    await file.WriteAsync(raster[..(raster.Length / 2)], cancellation);
                    await file.FlushAsync(cancellation);
                    FailPoints.Die();
                }

                await file.WriteAsync(raster, cancellation);
                file.Flush(flushToDisk: true);
            }

            if (isDamaged)
            {
                LinuxFiles.Replace(aside, path);
            }
            else
            {
                // If another node was quicker, its readers have looked at that file already.
                LinuxFiles.TryName(aside, path);
            }

            // The strip is acknowledged next: its file must have its name, too, when the power fails.
            LinuxFiles.FlushFolder(folder);
        }
        finally
        {
            // What was written of a file that is not whole is of no use; of one that was moved, nothing is left here.
            File.Delete(aside);
        }
    }

    // A file may be there from before a crash, and then hold less than its name says.
    private static async Task<bool> HoldsAsync(
        FileInfo file, ReadOnlyMemory<byte> raster, CancellationToken cancellation)
    {
        if (file.Length != raster.Length)
        {
            return false;
        }

        await using var stream = file.OpenRead();
        return (await SHA256.HashDataAsync(stream, cancellation)).AsSpan().SequenceEqual(SHA256.HashData(raster.Span));
    }
}
