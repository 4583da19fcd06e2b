namespace SpexStream.Daemon.Status;

/// <summary>Something that happened, for those who look on.</summary>
/// <param name="Number">Rises with every item.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">scene, observation or alert.</param>
/// <param name="About">Id of the scene or alert.</param>
/// <param name="Text">One line; may hold anything that a message held.</param>
internal sealed record NewsItem(long Number, DateTimeOffset At, string Kind, string About, string Text);
