namespace SpexStream.Domain.Scenes;

/// <summary>What a person can ask of one scene.</summary>
public abstract record SceneOrder
{
    private SceneOrder()
    {
    }

    /// <summary>Make the products again, as the next revision: answers of tiles that still hold are kept, tiles that
    /// were given up are tried once more.</summary>
    /// <param name="Revision">Revision that shall be replaced, so that a repeat does nothing; null for whichever
    /// stands.</param>
    public sealed record Reprocess(int? Revision = null) : SceneOrder;

    /// <summary>Withdraw the product that stands.</summary>
    /// <param name="Revision">Revision that is meant; null for whichever stands.</param>
    /// <param name="Reason">Why, for people; null when nobody said.</param>
    public sealed record Retract(int? Revision = null, string? Reason = null) : SceneOrder;

    /// <summary>Work on a quarantined strip once more.</summary>
    /// <param name="StripIndex">0-based, along track.</param>
    public sealed record Release(int StripIndex) : SceneOrder;

    /// <summary>Give a failed scene up: what it holds may be deleted, and a product that stood before stands
    /// again.</summary>
    /// <param name="Reason">Why, for people; null when nobody said.</param>
    public sealed record Abandon(string? Reason = null) : SceneOrder;
}
