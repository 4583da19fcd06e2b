using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Running;

/// <summary>The graphs of a pack, opened on one device.</summary>
internal sealed class SpexModels : IDisposable
{
    private readonly List<OpenedSession> _opened = [];

    /// <summary>Loads all graphs.</summary>
    /// <exception cref="DeviceFaultException">The device is not there, or lacks software or memory.</exception>
    /// <exception cref="ModelRefusedException">The runtime does not take a graph.</exception>
    public SpexModels(SpexPack pack, ModelSessionOptions options, bool plain)
    {
        try
        {
            Vision = Open(pack.PathOf(SpexPackFiles.Vision), options);
            Embedding = Open(pack.PathOf(SpexPackFiles.Embedding), options);
            // The kernel of grouped attention for CUDA knows 16-bit numbers only.
            var onCuda = Vision.Provider == DeviceKind.Cuda;
            var grouped = !plain && (!onCuda || pack.Description.Precision == Precision.Float16);
            Decoder = Open(pack.PathOf(grouped ? SpexPackFiles.Decoder : SpexPackFiles.PlainDecoder), options);
            Mask = Open(pack.PathOf(SpexPackFiles.Mask), options);
            Shape = new DecoderShape(pack.Description.Sizes.Language, pack.Description.Precision, grouped);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public OpenedSession Vision { get; }

    public OpenedSession Embedding { get; }

    public OpenedSession Decoder { get; }

    public OpenedSession Mask { get; }

    public DecoderShape Shape { get; }

    public void Dispose() => _opened.ForEach(session => session.Dispose());

    private OpenedSession Open(string path, ModelSessionOptions options)
    {
        var session = SessionOpening.Open(path, options);
        _opened.Add(session);
        return session;
    }
}
