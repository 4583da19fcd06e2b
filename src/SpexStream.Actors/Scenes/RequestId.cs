namespace SpexStream.Actors.Scenes;

/// <summary>Tells one question to a scene from every other. The same question may be sent again under its id; it is
/// still one question.</summary>
/// <param name="Asker">Unique number of the actor system that asks.</param>
/// <param name="Number">Counts the questions of that system.</param>
internal readonly record struct RequestId(long Asker, long Number);
