using System.Globalization;
using SpexStream.Daemon.Files;

namespace SpexStream.Daemon.Doctor;

/// <summary>Whether a folder could take the daemon's files; leaves everything as it was.</summary>
internal static class FolderProbe
{
    private const long FewBytes = 1L << 30;
    private const long SomeBytes = 10L << 30;

    /// <summary>Tries to write into the folder, or, where it is not there, into the one it would be made in.</summary>
    public static Finding Examine(string subject, string folder)
    {
        var place = folder;
        while (!Directory.Exists(place))
        {
            if (File.Exists(place))
            {
                return Unusable(subject, folder, $"{place} is a file");
            }

            place = Path.GetDirectoryName(place) ?? "/";
        }

        return FolderTrial.Fault(place) is { } fault
            ? Unusable(subject, folder, place == folder ? fault : $"{fault} in {place}")
            : Room(subject, folder, new DriveInfo(place));
    }

    private static Finding Unusable(string subject, string folder, string why) => new(
        FindingLevel.Error, subject, $"{folder}: cannot be made or written to: {why}",
        $"give a folder that {Environment.UserName} can write to, or make this one and let that user own it");

    private static Finding Room(string subject, string folder, DriveInfo drive)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{folder}: {drive.AvailableFreeSpace / 1e9:0.0} GB free of {drive.TotalSize / 1e9:0.0}");
        return drive.AvailableFreeSpace switch
        {
            < FewBytes => new(FindingLevel.Error, subject, text, "make room: less than 1 GiB is free"),
            < SomeBytes => new(FindingLevel.Warning, subject, text, "less than 10 GiB is free"),
            _ => new(FindingLevel.Ok, subject, text),
        };
    }
}
