using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Devices of this node lack tiles, or what others work on is late: the scene looks whether it gives them
/// some, or doubles what others have begun.</summary>
internal sealed record IdleDevices : ISceneMessage;
