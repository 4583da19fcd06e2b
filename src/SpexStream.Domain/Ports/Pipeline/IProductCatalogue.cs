using SpexStream.Domain.Products;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Describes products for those who find the files later.</summary>
public interface IProductCatalogue
{
    /// <summary>Name of the description's file in the product folder.</summary>
    string FileName { get; }

    /// <summary>The description of a scene's products (a STAC Item). The same outcome gives the same bytes.</summary>
    byte[] Describe(SceneOutcome outcome);
}
