using System.Globalization;
using System.Text.Json;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// The right of one daemon to an output folder: two would sweep each other's products away. A lock on
/// <c>.spexstream.lock</c>, which the system takes back when the process ends, however it ends;
/// <c>.spexstream.owner</c> beside it says whose folder it is, also while nobody is at work. Single rasters may be
/// worked on in the same folder.
/// </summary>
public sealed class OutputOwner : IDisposable
{
    private const string LockName = ".spexstream.lock";
    private const string OwnerName = ".spexstream.owner";
    private const int WouldBlock = 11;
    private readonly FileStream _lock;

    private OutputOwner(FileStream taken) => _lock = taken;

    /// <summary>Takes a folder for the daemon of a station; it is made if it is not there.</summary>
    /// <exception cref="IOException">Another daemon has it, or another station's daemon had it; or it cannot be
    /// written.</exception>
    public static OutputOwner Take(string folder, string station, string node)
    {
        Directory.CreateDirectory(folder);
        var owner = Lock(folder);
        var path = Path.Combine(folder, OwnerName);
        try
        {
            if (Read(folder) is { } other && other.Station != station)
            {
                throw new IOException(
                    $"{folder} holds the products of station {other.Station} ({path}); give {station} an out folder of its "
                    + "own, or delete that file if the other station will not come back.");
            }

            var name = new Name(station, node, Environment.MachineName, Environment.ProcessId);
            File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(name));
            File.Move(path + ".new", path, overwrite: true);
            return owner;
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Takes a folder that is there for a while, whosever it is.</summary>
    /// <exception cref="IOException">A daemon has it, or it cannot be written.</exception>
    public static OutputOwner Borrow(string folder) => Lock(folder);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static OutputOwner Lock(string folder)
    {
        try
        {
            return new(new FileStream(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (taken.HResult == WouldBlock)
        {
            var who = Read(folder) is { } owner
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"station {owner.Station}, node {owner.Node}, process {owner.Process} on {owner.Host}")
                : "another daemon";
            throw new IOException(
                $"{folder} is in use for the products of {who}; end that process, or give this one an out folder of its own.",
                taken);
        }
    }

    private static Name? Read(string folder)
    {
        var path = Path.Combine(folder, OwnerName);
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} is a folder, where a file says whose products these are; remove it.");
        }

        try
        {
            return JsonSerializer.Deserialize<Name>(File.ReadAllBytes(path)) is { Station: not null } owner
                ? owner
                : null;
        }
        catch (Exception unknown) when (unknown is FileNotFoundException or JsonException)
        {
            // Nobody's yet, or nobody knows whose: the lock decides.
            return null;
        }
    }

    private sealed record Name(string Station, string Node, string Host, int Process);
}
