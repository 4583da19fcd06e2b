using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>What is to be done when the keeper's lock is left.</summary>
internal sealed class LeaseTasks
{
    /// <summary>Came with the lease; null for a role.</summary>
    public ISceneWriter? Writer { get; init; }

    public List<(LeaseKey Key, TimeSpan At)> Asked { get; } = [];

    public List<(HeldLease Lease, TimeSpan At)> Renewed { get; } = [];

    public List<HeldLease> Released { get; } = [];

    /// <summary>Ends when the journal has what is released, or cannot take it.</summary>
    public TaskCompletionSource Back { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<(LeaseEntry Entry, SceneTenure Tenure)> Started { get; } = [];

    public List<(LeaseEntry Entry, long Epoch, TenureEnd Ended, LeaseEnd Why)> Ceased { get; } = [];
}
