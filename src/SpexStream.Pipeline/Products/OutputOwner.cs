using System.Globalization;
using System.Text.Json;

namespace SpexStream.Pipeline.Products;

/// <summary>
/// The right of one daemon to an output folder, or of those that share a journal: others would sweep each other's
/// products away. A lock on
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
    /// <param name="folder">The folder.</param>
    /// <param name="station">The station.</param>
    /// <param name="node">This node.</param>
    /// <param name="journal">The journal that this node shares with others, who may have the folder, too; null to have
    /// it alone.</param>
    /// <exception cref="IOException">Another daemon has it, or another station's daemon had it; or it cannot be
    /// written.</exception>
    public static OutputOwner Take(string folder, string station, string node, string? journal = null)
    {
        Directory.CreateDirectory(folder);
        var owner = Lock(folder, isShared: journal is not null);
        var path = Path.Combine(folder, OwnerName);
        try
        {
            Check(folder, station, journal);
            var name = new Name(station, node, Environment.MachineName, Environment.ProcessId, journal);
            var draft = $"{path}.{Guid.NewGuid():N}";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(name));
            File.Move(draft, path, overwrite: true);
            // Somebody else may have begun at the same time.
            Check(folder, station, journal);
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
    public static OutputOwner Borrow(string folder) => Lock(folder, isShared: false);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static void Check(string folder, string station, string? journal)
    {
        if (Read(folder) is not { } other)
        {
            return;
        }

        var path = Path.Combine(folder, OwnerName);
        if (other.Station != station)
        {
            throw new IOException(
                $"{folder} holds the products of station {other.Station} ({path}); give {station} an out folder of its "
                + "own, or delete that file if the other station will not come back.");
        }

        // Who had it with another journal is gone, or the lock would tell, unless it shares: then its products are not
        // of this journal.
        if (journal is not null && other.Journal is { } theirs && theirs != journal)
        {
            throw new IOException(
                $"{folder} holds the products of journal {theirs} ({path}); give {journal} an out folder of its own, write "
                + "the same address at every node, or delete that file if the journal has moved.");
        }
    }

    private static OutputOwner Lock(string folder, bool isShared)
    {
        try
        {
            return new(new FileStream(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate,
                isShared ? FileAccess.Read : FileAccess.ReadWrite,
                isShared ? FileShare.ReadWrite : FileShare.None));
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

    private sealed record Name(string Station, string Node, string Host, int Process, string? Journal = null);
}
