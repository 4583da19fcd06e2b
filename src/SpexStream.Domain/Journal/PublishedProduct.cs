using System.Collections.Immutable;

namespace SpexStream.Domain.Journal;

/// <summary>A product that was renamed into place. This record, not the folder's existence, makes it the
/// product.</summary>
/// <param name="Revision">1 for the first product of the scene.</param>
/// <param name="Epoch">Epoch of the writer that made it; with the revision it tells its folder from one left by a
/// crash.</param>
/// <param name="Folder">Name of the folder below the output root.</param>
/// <param name="Bytes">Bytes of its files.</param>
/// <param name="CompletenessPercent">Strips that made it, in percent of those expected.</param>
/// <param name="MissingStrips">Expected strips that are not in it, ascending; empty where their number is
/// unknown.</param>
public sealed record PublishedProduct(
    int Revision, long Epoch, string Folder, long Bytes, double CompletenessPercent, ImmutableArray<int> MissingStrips);
