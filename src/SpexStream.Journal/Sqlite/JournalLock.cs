using System.Globalization;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Sqlite;

/// <summary>
/// The right to open a journal for writing: a lock on <c>{journal}.lock</c>, which the system takes back when the
/// process ends, however it ends. <c>{journal}.pid</c> beside it says who has it; it may be out of date and decides
/// nothing.
/// </summary>
internal sealed class JournalLock : IDisposable
{
    private const int WouldBlock = 11;
    private readonly FileStream _file;

    private JournalLock(FileStream file) => _file = file;

    /// <exception cref="JournalRefusedException">Another process has it, or the folder cannot be written.</exception>
    public static JournalLock Take(string journal)
    {
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(journal))!);
            file = new FileStream(journal + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(journal + ".pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new JournalLock(file);
        }
        catch (IOException taken) when (taken.HResult == WouldBlock)
        {
            throw new JournalRefusedException(
                JournalRefusal.InUse,
                $"The journal {journal} is in use by process {Owner(journal)}; only one may write it. End that "
                + "process, or give this one a data folder of its own.",
                taken);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new JournalRefusedException(
                JournalRefusal.NotWritable,
                $"The folder of the journal {journal} cannot be written ({refused.Message}); give this user the "
                + "right to.",
                refused);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Owner(string journal)
    {
        try
        {
            return File.ReadAllText(journal + ".pid");
        }
        catch (IOException)
        {
            // The owner has only just taken it.
            return "(unknown)";
        }
    }
}
