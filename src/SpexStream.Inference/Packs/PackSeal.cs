using System.Collections.Immutable;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Packs;

/// <summary>
/// How the files of a pack looked before they were read. Digest, checks and sessions read them one after the other, and
/// a device that comes back reads them again: as long as none of them looks different, all have read the same.
/// </summary>
internal sealed class PackSeal
{
    private const int MostFiles = 4096;
    private readonly string _folder;
    private readonly ImmutableSortedDictionary<string, (long Length, DateTime Written)> _files;

    private PackSeal(string folder, ImmutableSortedDictionary<string, (long, DateTime)> files) =>
        (_folder, _files) = (folder, files);

    /// <summary>Looks at the files of a folder; before any of them is read.</summary>
    public static PackSeal Of(string folder) => new(folder, Look(folder));

    /// <summary>Whether all that was there is there and looks the same.</summary>
    /// <param name="withDescription">Whether the description counts, which no session reads.</param>
    /// <exception cref="ModelRefusedException">Some are gone or look different.</exception>
    public void Check(bool withDescription)
    {
        var now = Look(_folder);
        ImmutableArray<string> changed =
        [
            .. from file in _files
               where withDescription || file.Key != PackFiles.DescriptionName
               where !now.TryGetValue(file.Key, out var found) || found != file.Value
               select $"{file.Key} was changed after it was read; put a new version into a folder of its own",
        ];
        if (!changed.IsEmpty)
        {
            throw new ModelRefusedException(_folder, changed);
        }
    }

    private static ImmutableSortedDictionary<string, (long Length, DateTime Written)> Look(string folder) =>
        new DirectoryInfo(folder).Exists
            ? new DirectoryInfo(folder).EnumerateFiles().Take(MostFiles).ToImmutableSortedDictionary(
                file => file.Name, file => (Target(file).Length, Target(file).LastWriteTimeUtc),
                StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, (long, DateTime)>.Empty;

    private static FileInfo Target(FileInfo file) =>
        file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } real
            ? real
            : file;
}
