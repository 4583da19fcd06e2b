using System.Security.Cryptography;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// Rasters that came in their messages, as files. A file stays as long as a strip on its way in or an open scene has a
/// claim on it, and is never written anew meanwhile: its readers would take it for a changed one. Safe for several threads.
/// </summary>
public sealed class Spool(string folder) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Dictionary<SceneId, List<SpoolClaim>> _claims = [];

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The scene's products are published: its files go, at the latest when their strips are out of hand.</summary>
    public void Sweep(SceneId scene)
    {
        lock (_lock)
        {
            foreach (var claim in ClaimsOf(scene))
            {
                claim.IsSwept = true;
                if (!claim.IsInHand)
                {
                    Drop(claim);
                }
            }
        }
    }

    /// <summary>The scene failed: its files stay for whoever wants to know why, or until its strips come again.</summary>
    public void Leave(SceneId scene)
    {
        lock (_lock)
        {
            foreach (var claim in ClaimsOf(scene).Where(claim => !claim.IsInHand))
            {
                Forget(claim);
            }
        }
    }

    /// <summary>Ends the use of the spool; the files stay.</summary>
    public void Dispose() => _writing.Dispose();

    /// <summary>Puts a raster down, or finds it where it lies already. The claim is the caller's until it is let go.</summary>
    /// <exception cref="IOException">The disk will not take it.</exception>
    internal async Task<SpoolClaim> PutAsync(
        StripAnnouncement strip, ContentChecksum checksum, ReadOnlyMemory<byte> raster, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, $"{strip.Scene.Value}-{strip.StripIndex}-{checksum.Hex[..16]}.tif");
        var claim = new SpoolClaim(
            strip.Scene, path, StripHref.TryParse(path, out var href) ? href! : throw new IOException($"{path} cannot be a spool file."));
        lock (_lock)
        {
            if (!_claims.TryGetValue(strip.Scene, out var claims))
            {
                _claims[strip.Scene] = claims = [];
            }

            claims.Add(claim);
        }

        try
        {
            await WriteOnceAsync(path, raster, cancellation);
            return claim;
        }
        catch
        {
            // Nobody will have the claim; what was written of the file is of no use.
            LetGo(claim, isKept: false);
            throw;
        }
    }

    /// <summary>The strip is out of hand.</summary>
    /// <param name="claim">The strip's claim.</param>
    /// <param name="isKept">Whether its scene has it now, or may have it.</param>
    internal void LetGo(SpoolClaim claim, bool isKept)
    {
        lock (_lock)
        {
            claim.IsInHand = false;
            if (!isKept || claim.IsSwept)
            {
                Drop(claim);
            }
        }
    }

    private SpoolClaim[] ClaimsOf(SceneId scene) => [.. _claims.GetValueOrDefault(scene) ?? []];

    private void Drop(SpoolClaim claim)
    {
        if (Forget(claim).Any(other => other.Path == claim.Path))
        {
            return;
        }

        try
        {
            File.Delete(claim.Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A file more on the disk harms nobody; the products are out.
        }
    }

    private List<SpoolClaim> Forget(SpoolClaim claim)
    {
        var claims = _claims[claim.Scene];
        claims.Remove(claim);
        if (claims.Count == 0)
        {
            _claims.Remove(claim.Scene);
        }

        return claims;
    }

    private async Task WriteOnceAsync(string path, ReadOnlyMemory<byte> raster, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            if (await HoldsAsync(path, raster, cancellation))
            {
                return;
            }

            Directory.CreateDirectory(folder);
            var aside = $"{path}.{Guid.NewGuid():N}";
            await File.WriteAllBytesAsync(aside, raster, cancellation);
            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            _writing.Release();
        }
    }

    // A file may be there from before a crash, and then hold less than its name says.
    private static async Task<bool> HoldsAsync(string path, ReadOnlyMemory<byte> raster, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != raster.Length)
        {
            return false;
        }

        await using var stream = file.OpenRead();
        return (await SHA256.HashDataAsync(stream, cancellation)).AsSpan().SequenceEqual(SHA256.HashData(raster.Span));
    }
}
