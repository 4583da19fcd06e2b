using System.Collections.Immutable;
using System.Security.Cryptography;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using SpexStream.Domain.Reliability;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// The folder of a scene's products while it is written: aside, under a hidden name, and renamed into place when all is
/// there. Without <see cref="Publish"/> it vanishes.
/// </summary>
internal sealed class ProductFolder : IDisposable
{
    private readonly string _target;
    private readonly string _aside;
    private readonly Lock _lock = new();
    private readonly List<ProductFile> _files = [];
    private bool _published;

    public ProductFolder(string root, string name)
    {
        _target = Path.Combine(root, name);
        _aside = Path.Combine(root, $".{name}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(_aside);
    }

    /// <summary>Where the products will lie.</summary>
    public string Target => _target;

    /// <summary>Where to write a file now.</summary>
    public string PathOf(string name) => Path.Combine(_aside, name);

    /// <summary>Says that a file is complete, and takes its checksum on the caller's thread. Safe from several
    /// threads.</summary>
    public void Add(string name, ProductFileKind kind, LandCoverClass? value)
    {
        using var stream = File.OpenRead(PathOf(name));
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        var file = new ProductFile(name, kind, value, stream.Length, hash);
        lock (_lock)
        {
            _files.Add(file);
        }
    }

    /// <summary>The files with size and checksum, by name.</summary>
    public ImmutableArray<ProductFile> Seal() => [.. _files.OrderBy(file => file.Name, StringComparer.Ordinal)];

    /// <summary>Puts the folder into place.</summary>
    /// <param name="flushToDisk">Whether it is there for certain, also after the power fails.</param>
    /// <param name="replaces">Whether an older one under the name is of the same scene, and goes; else it is somebody
    /// else's, and stays under another name.</param>
    public void Publish(bool flushToDisk, bool replaces)
    {
        if (flushToDisk)
        {
            foreach (var path in Directory.EnumerateFiles(_aside))
            {
                using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
                RandomAccess.FlushToDisk(handle);
            }

            LinuxFiles.FlushFolder(_aside);
        }

        // A leading dot: no scene can have this name; nor can it have one with an @.
        var old = replaces ? _aside + ".old" : $"{_target}@{Guid.NewGuid():N}";
        if (Directory.Exists(_target))
        {
            DeleteIfThere(old);
            Directory.Move(_target, old);
        }

        Directory.Move(_aside, _target);
        _published = true;
        if (flushToDisk)
        {
            LinuxFiles.FlushFolder(Path.GetDirectoryName(_target)!);
        }

        if (replaces)
        {
            DeleteIfThere(old);
        }
    }

    public void Dispose()
    {
        if (!_published)
        {
            DeleteIfThere(_aside);
        }
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
