using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Sharing;

/// <summary>The scene may double what others work on: devices of this node stand still and nothing is left that nobody
/// has begun, or it has waited for long.</summary>
internal sealed record IdleDevices : ISceneMessage;
