using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Products;

/// <summary>A product file as it was written.</summary>
/// <param name="Name">File name inside of the product folder.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Class">The class it is about; null for all classes together.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record ProductFile(string Name, ProductFileKind Kind, LandCoverClass? Class, long Bytes, string Sha256);
