using System.Diagnostics;

namespace SpexStream.IntegrationTests.Journal;

/// <summary>A file system of a few megabytes in memory, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _ballast;

    public SmallDisk(int megabytes)
    {
        Root = Directory.CreateTempSubdirectory("spex-small-disk-").FullName;
        _ballast = Path.Combine(Root, "ballast");
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "none", Root))
        {
            throw new IOException($"{Root} could not be mounted");
        }
    }

    /// <summary>Whether this user may mount; found out by doing it once.</summary>
    public static bool CanMount { get; } = Probe();

    public string Root { get; }

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Takes all room that is left but for some bytes.</summary>
    public void Fill(int spare)
    {
        using var file = File.Open(_ballast, FileMode.Append);
        var free = new DriveInfo(Root).AvailableFreeSpace - spare;
        try
        {
            file.Write(new byte[Math.Max(0, free)]);
        }
        catch (IOException)
        {
            // Somebody else took room meanwhile: it is as full as it was to be.
        }
    }

    public void MakeRoom() => File.Delete(_ballast);

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Root);

    public void Dispose()
    {
        Run("umount", Root);
        Directory.Delete(Root);
    }

    private static bool Probe()
    {
        try
        {
            new SmallDisk(1).Dispose();
            return true;
        }
        catch (IOException)
        {
            // The tests that need it are skipped, and say so.
            return false;
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
