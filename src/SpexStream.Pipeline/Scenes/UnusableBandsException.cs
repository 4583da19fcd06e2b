using SpexStream.Domain.Announcements;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Scenes;

/// <summary>The backend cannot work with the bands of a scene, or with what it shall ask about it.</summary>
internal sealed class UnusableBandsException(string missing, Exception cause) : Exception(missing, cause)
{
    /// <summary>Why the strip is refused, in the backend's words.</summary>
    public Rejection Rejection { get; } = cause is InstructionException
        ? new(
            RejectionReason.BadField, "properties.spex:instruction", $"cannot be asked: {missing}",
            "ask for one class that the station tells, in few words")
        : new(
            RejectionReason.TooFewBands, "assets.data.bands", $"do not suffice: {missing}",
            "name every band of the raster");

    /// <summary>Makes a backend, or says what it misses.</summary>
    public static BackendLease Check(Func<BackendLease> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException unusable)
        {
            throw new UnusableBandsException(unusable.Message, unusable);
        }
    }
}
