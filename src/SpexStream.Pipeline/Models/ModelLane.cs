using SpexStream.Domain.Ports.Models;

namespace SpexStream.Pipeline.Models;

/// <summary>One model on one device: its session, and two batches, so that one is filled while the other is computed.
/// Guarded by the device's lock; the session is used and disposed of by the device's own thread alone.</summary>
internal sealed class ModelLane : IDisposable
{
    private const int BatchesInFlight = 2;
    private readonly BatchInHand[] _batches;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens the model.</summary>
    /// <exception cref="DeviceFaultException">The device cannot.</exception>
    public ModelLane(ITileModel model, ModelSessionOptions options)
    {
        Model = model;
        Session = model.Open(options);
        var batches = new List<BatchInHand>(BatchesInFlight);
        try
        {
            while (batches.Count < BatchesInFlight)
            {
                batches.Add(new BatchInHand(this, Session.NewBatch()));
            }
        }
        catch
        {
            // Nobody else has the session yet; a device without memory for its batches is tried again and again.
            batches.ForEach(batch => batch.Dispose());
            Session.Dispose();
            throw;
        }

        _batches = [.. batches];
        Free = new Stack<BatchInHand>(_batches);
    }

    /// <summary>The model.</summary>
    public ITileModel Model { get; }

    /// <summary>Its session.</summary>
    public IModelSession Session { get; }

    /// <summary>Batches without tiles.</summary>
    public Stack<BatchInHand> Free { get; }

    /// <summary>Batches with some tiles that may take more and that no reader has. As many as there are readers at
    /// once, for each may have had one.</summary>
    public List<BatchInHand> Partial { get; } = [];

    /// <summary>Why its session is not to be used any more; null while it may.</summary>
    public DeviceFaultException? Fault { get; set; }

    /// <summary>Whether all its batches are at home and empty.</summary>
    public bool IsIdle => Free.Count == _batches.Length;

    /// <summary>Ends when its session is disposed of.</summary>
    public Task Closed => _closed.Task;

    public void Dispose()
    {
        foreach (var batch in _batches)
        {
            batch.Dispose();
        }

        Session.Dispose();
        _closed.TrySetResult();
    }
}
