using System.Collections.Immutable;

namespace SpexStream.Daemon.Status;

/// <summary>What the daemon does, at one moment: the answer of <c>/status</c> (docs/status.md). Extended only: a name
/// keeps its meaning.</summary>
internal sealed record StationReport
{
    public required string Station { get; init; }

    public required string Node { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required bool Ready { get; init; }

    /// <summary>Why it is not ready, or what an operator should look at; null for nothing.</summary>
    public required string? Reason { get; init; }

    public required bool BrokerConnected { get; init; }

    /// <summary>Since a message to itself came back; null where none is sent.</summary>
    public required double? CanaryAgeSeconds { get; init; }

    public required long OutboxWaiting { get; init; }

    public required double OutboxOldestSeconds { get; init; }

    /// <summary>Copies of announcements that wait, in the group's catch-up session, for the node that got them; 0 where
    /// this node does not run it.</summary>
    public int CatchUpWaiting { get; init; }

    public required ImmutableArray<SceneReport> Scenes { get; init; }

    public required ImmutableArray<SceneReport> Ended { get; init; }

    public required ImmutableArray<QueueReport> Queues { get; init; }

    public required ImmutableArray<DeviceReport> Devices { get; init; }

    public required ImmutableArray<AlertLine> Alerts { get; init; }

    public required ImmutableArray<LogLine> Errors { get; init; }
}
