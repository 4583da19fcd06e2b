using Akka.Actor;

namespace SpexStream.Actors.Devices;

/// <summary>A read hangs at a device: its actor runs nothing any more, and ends when the read comes back.</summary>
internal sealed record BenchGivenUp(string Device, IActorRef Actor) : INoSerializationVerificationNeeded;

/// <summary>The devices shall stop after the tiles at hand; answered with <see cref="DevicesStopped"/>. Those that hang
/// are not waited for.</summary>
internal sealed class StopDevices : INoSerializationVerificationNeeded
{
    public static StopDevices Instance { get; } = new();
}

/// <summary>No device of the node works any more.</summary>
internal sealed class DevicesStopped : INoSerializationVerificationNeeded
{
    public static DevicesStopped Instance { get; } = new();
}
