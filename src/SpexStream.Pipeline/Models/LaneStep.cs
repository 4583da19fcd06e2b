using SpexStream.Domain.Ports.Models;

namespace SpexStream.Pipeline.Models;

/// <summary>What a device's own thread does next.</summary>
internal abstract record LaneStep
{
    private LaneStep()
    {
    }

    /// <summary>A tile asks for a model that is not open.</summary>
    public sealed record Open(ITileModel Model) : LaneStep;

    /// <summary>A model that nobody asks for any more has its last batch behind it.</summary>
    public sealed record Close(ModelLane Lane) : LaneStep;

    /// <summary>A batch is full, or has waited long enough.</summary>
    public sealed record Infer(BatchInHand Batch) : LaneStep;
}
