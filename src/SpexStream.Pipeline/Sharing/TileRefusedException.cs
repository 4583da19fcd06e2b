namespace SpexStream.Pipeline.Sharing;

/// <summary>An order that this node does not carry out.</summary>
/// <param name="why">Why, in words that end a sentence.</param>
/// <param name="isOfAllOrders">Whether it would say the same of the next one.</param>
internal sealed class TileRefusedException(string why, bool isOfAllOrders) : Exception(why)
{
    public bool IsOfAllOrders => isOfAllOrders;
}
