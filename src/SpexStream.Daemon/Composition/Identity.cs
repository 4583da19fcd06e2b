using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Inference.Devices;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Pipeline.Models;

namespace SpexStream.Daemon.Composition;

/// <summary>How this program names itself in products and messages.</summary>
internal static class Identity
{
    public static StationIdentity Of(
        StationId station, string gdalVersion, EnvelopeOptions? envelope = null, ISceneModel? model = null) => new()
        {
            Station = station,
            Software =
        [
            new SoftwareVersion("SpexStream", SpexInfo.Version),
            new SoftwareVersion("GDAL", gdalVersion),
            .. SoftwareOf(model),
        ],
            Model = model?.Facts ?? new ModelFacts(BackendName.Spectral, SpexInfo.Version),
            Envelope = envelope ?? new EnvelopeOptions(),
        };

    private static SoftwareVersion[] SoftwareOf(ISceneModel? model) => model is null ? [] :
    [
        new("onnxruntime", OnnxRuntimeLibrary.Version),
        new("execution provider", string.Join(", ", model.Sessions.Select(session => session.Provider).Distinct())),
    ];
}
