namespace SpexStream.Domain.Ports.Models;

/// <summary>
/// A model on one device. Belongs to the device's own thread, which alone calls <see cref="Infer"/> and
/// <see cref="IDisposable.Dispose"/>; batches are made by it and filled and read by other threads meanwhile. Its batches are
/// disposed before it.
/// </summary>
public interface IModelSession : IDisposable
{
    /// <summary>The device that was asked for.</summary>
    DeviceName Device { get; }

    /// <summary>What really computes: "cpu" or "cuda". "cpu" on a CUDA device is the fall-back that was allowed.</summary>
    string Provider { get; }

    /// <summary>Most tiles of one batch.</summary>
    int BatchSize { get; }

    /// <summary>Bytes that the session holds: weights, and the buffers of its batches.</summary>
    long MemoryBytes { get; }

    /// <summary>
    /// Allocates a batch with buffers of its own for <see cref="BatchSize"/> tiles. Two are enough to overlap reading with
    /// inference: one is filled while the other is computed. The caller owns it.
    /// </summary>
    /// <exception cref="DeviceFaultException">There is no memory for it.</exception>
    IModelBatch NewBatch();

    /// <summary>
    /// Computes the answers of all tiles of a batch of this session. Blocks. Nothing else may touch the batch meanwhile.
    /// The work grows with the tiles in the batch, so that a part of one is not paid for as a whole.
    /// </summary>
    /// <returns>Where the time went.</returns>
    /// <exception cref="DeviceFaultException">The device failed; the batch has no answers, but keeps its tiles and may be
    /// computed again, here or, by adding the tiles anew, elsewhere.</exception>
    /// <exception cref="OperationCanceledException">Given up between two steps; the batch has no answers.</exception>
    ModelTimes Infer(IModelBatch batch, CancellationToken cancellation = default);
}
