using SpexStream.Domain.Products;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Describes products for those who find the files later.</summary>
public interface IProductCatalogue
{
    /// <summary>Name of the description's file in the product folder.</summary>
    string FileName { get; }

    /// <summary>Name of the collection's file in the folder that holds the product folders.</summary>
    string CollectionFileName { get; }

    /// <summary>The description of the collection that all products belong to (a STAC Collection).</summary>
    byte[] DescribeCollection();

    /// <summary>The description of a scene's products (a STAC Item). The same outcome gives the same bytes.</summary>
    byte[] Describe(SceneOutcome outcome);
}
