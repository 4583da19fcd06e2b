namespace SpexStream.Domain.Leases;

/// <summary>Why a node stops working under a lease.</summary>
public enum LeaseEnd
{
    /// <summary>It could not be renewed in time; another node may have it soon.</summary>
    Expired,

    /// <summary>The journal says that it is another's now.</summary>
    TakenOver,

    /// <summary>The node gives it back.</summary>
    GivenUp,
}
