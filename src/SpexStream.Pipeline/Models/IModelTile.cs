using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Models;

/// <summary>A tile that lies in a batch and waits for its answer. Each of the three ends is called at most
/// once.</summary>
internal interface IModelTile
{
    /// <summary>What to tell of the tile should the process die on it.</summary>
    FlightMark? Mark { get; }

    /// <summary>Takes its answer out of the batch; on the device's answering thread.</summary>
    void Answer(IModelBatch batch, int slot, WorkerScratch scratch);

    /// <summary>Its answer could not be taken.</summary>
    void Fail(Exception fault);

    /// <summary>Its device failed before there was an answer: it shall be done by another, or later.</summary>
    void GiveBack(DeviceFaultException fault);
}
