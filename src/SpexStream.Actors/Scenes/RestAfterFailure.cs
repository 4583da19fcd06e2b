namespace SpexStream.Actors.Scenes;

/// <summary>How long a scene rests that broke, before it is taken up again: twice as long each time, until it gets on.
/// </summary>
/// <param name="Shortest">After the first failure.</param>
/// <param name="Longest">After many.</param>
internal sealed record RestAfterFailure(TimeSpan Shortest, TimeSpan Longest)
{
    private const int MostDoublings = 16;

    /// <summary>After another node took the scene over, if it then comes back here. Longer than a node needs to notice
    /// that the others have thrown it out: two that take turns would both get nowhere.</summary>
    public TimeSpan WhenRobbed { get; init; } = TimeSpan.FromSeconds(10);

    public static RestAfterFailure Default { get; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));

    /// <summary>The rest after so many failures in a row, 1 or more.</summary>
    public TimeSpan After(int failures)
    {
        var rest = Shortest * (1 << Math.Min(failures - 1, MostDoublings));
        return rest < Longest ? rest : Longest;
    }
}
