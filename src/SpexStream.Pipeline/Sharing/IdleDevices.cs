using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Devices of this node stand still, and nothing is left that nobody has begun: the scene may double what
/// others work on.</summary>
internal sealed record IdleDevices : ISceneMessage;
