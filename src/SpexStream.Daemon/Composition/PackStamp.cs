using System.Globalization;
using SpexStream.Inference.Packs;
using SpexStream.Messaging.Ingest;

namespace SpexStream.Daemon.Composition;

/// <summary>Whether a pack is another one than before, without reading it: where its links lead, and how its
/// description looks, which is the last file that a new version brings.</summary>
internal static class PackStamp
{
    /// <summary>How the pack looks now; a pack that cannot be looked at looks like the reason.</summary>
    public static string Of(string folder)
    {
        try
        {
            var real = RealPath.Of(Path.Combine(folder, PackFiles.DescriptionName));
            var file = new FileInfo(real);
            return file.Exists
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{RealPath.Of(folder)} {real} {file.Length} {file.LastWriteTimeUtc.Ticks}")
                : $"{real} is missing";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It will be tried once, and refused with its own words.
            return fault.Message;
        }
    }
}
