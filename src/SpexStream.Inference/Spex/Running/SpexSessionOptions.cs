using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Spex.Running;

/// <summary>How a SPEX session is opened.</summary>
/// <param name="Device">The device, its threads, and most questions of one batch.</param>
public sealed record SpexSessionOptions(ModelSessionOptions Device)
{
    /// <summary>Most tokens of prompt, image and answer together; 0 for the pack's own limit. The cache of every row of a batch
    /// is allocated for it.</summary>
    public int MostPositions { get; init; }

    /// <summary>Takes the decoder in plain operators even where grouped attention can be had.</summary>
    public bool PlainAttention { get; init; }
}
