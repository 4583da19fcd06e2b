using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>A runtime of one of several nodes with one journal between them.</summary>
public interface ISharedRuntime : IPipelineRuntime
{
    /// <summary>How many nodes take scenes, as far as this one knows, itself included while it does.</summary>
    int Nodes { get; }

    /// <summary>Why others do not see that this node takes scenes, in one line for people; null when they do.</summary>
    string? SharingTrouble { get; }

    /// <summary>Ends when this node belongs to the others and may have roles among them.</summary>
    Task JoinedAsync(CancellationToken cancellation);

    /// <summary>Shares until cancelled.</summary>
    Task RunAsync(CancellationToken cancellation);
}
