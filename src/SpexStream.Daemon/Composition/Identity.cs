using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Envelope;

namespace SpexStream.Daemon.Composition;

/// <summary>How this program names itself in products and messages.</summary>
internal static class Identity
{
    public static StationIdentity Of(
        StationId station, string gdalVersion, EnvelopeOptions? envelope = null, LoadedModel? model = null) => new()
        {
            Station = station,
            Software =
        [
            new SoftwareVersion("SpexStream", SpexInfo.Version),
            new SoftwareVersion("GDAL", gdalVersion),
            .. model?.Software ?? [],
        ],
            Model = model?.Facts ?? new ModelFacts(BackendName.Spectral, SpexInfo.Version),
            Envelope = envelope ?? new EnvelopeOptions(),
        };
}
