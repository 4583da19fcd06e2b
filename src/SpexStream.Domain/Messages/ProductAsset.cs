using SpexStream.Domain.Announcements;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Messages;

/// <summary>One file of a product.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Class">Its class; null for files that serve all classes.</param>
/// <param name="FileName">Name in the product's folder, without a path; no characters that a URI must escape.</param>
/// <param name="SizeBytes">Size in bytes.</param>
/// <param name="Checksum">Digest of its bytes.</param>
public sealed record ProductAsset(
    ProductAssetKind Kind, LandCoverClass? Class, string FileName, long SizeBytes, ContentChecksum Checksum);
