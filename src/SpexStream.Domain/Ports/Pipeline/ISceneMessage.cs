namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>What reaches a scene's mailbox. Stays in its process: it may hold memory, open files, and whoever waits
/// for an answer.</summary>
public interface ISceneMessage;
