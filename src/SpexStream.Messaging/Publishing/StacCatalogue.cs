using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Messaging.Wire.Outgoing;

namespace SpexStream.Messaging.Publishing;

/// <summary>Describes products as STAC 1.1 Items of one Collection.</summary>
public sealed class StacCatalogue(StationIdentity identity) : IProductCatalogue
{
    /// <summary>Name of the file in a product's folder that describes it.</summary>
    public const string ItemFileName = "item.json";

    /// <inheritdoc/>
    public string FileName => ItemFileName;

    /// <inheritdoc/>
    public string CollectionFileName => "collection.json";

    /// <inheritdoc/>
    public byte[] Describe(SceneOutcome outcome) =>
        ItemJson.Render(OutcomeProducts.Of(outcome, identity), identity.Context(outcome.FinishedAt));

    /// <inheritdoc/>
    public byte[] DescribeCollection() => CollectionJson.Render(identity.Collection, identity.Station);
}
