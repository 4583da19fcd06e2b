using Akka.Actor;

namespace SpexStream.Actors.Tiles;

/// <summary>Tiles were put into the queue.</summary>
internal sealed class TilesOffered : INoSerializationVerificationNeeded
{
    public static TilesOffered Instance { get; } = new();
}

/// <summary>A credit: the device that sends it takes one tile. It gives another when it is done with that.</summary>
/// <param name="Device">Its name ("cpu:0").</param>
internal sealed record WorkWanted(string Device) : INoSerializationVerificationNeeded;
