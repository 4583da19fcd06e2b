using System.Globalization;

namespace SpexStream.Daemon.Files;

/// <summary>
/// The right of one daemon to its data folder: two would clean up each other's work. A lock on <c>node.lock</c>, which
/// the system takes back when the process ends, however it ends; <c>node.pid</c> beside it says who has it, and decides
/// nothing.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private const int WouldBlock = 11;
    private const string LockName = "node.lock";
    private const string OwnerName = "node.pid";
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <summary>Takes a folder; it is made if it is not there.</summary>
    /// <exception cref="IOException">Another daemon has it, or it cannot be written.</exception>
    public static DataLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var owner = Path.Combine(folder, OwnerName);
        FileStream file;
        try
        {
            file = new FileStream(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken.HResult == WouldBlock)
        {
            throw new IOException(
                $"The data folder {folder} is in use by process {Owner(owner)}; each node needs one of its own: give "
                + "this one another --data, or end that process.",
                taken);
        }

        try
        {
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Owner(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // It has only just taken the folder.
            return "(unknown)";
        }
    }
}
