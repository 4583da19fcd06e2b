namespace SpexStream.Actors.Scenes;

/// <summary>How long a scene rests that broke, before it is taken up again: twice as long each time, until it gets on.
/// </summary>
/// <param name="Shortest">After the first failure.</param>
/// <param name="Longest">After many.</param>
internal sealed record RestAfterFailure(TimeSpan Shortest, TimeSpan Longest)
{
    private const int MostDoublings = 16;

    public static RestAfterFailure Default { get; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));

    /// <summary>The rest after so many failures in a row, 1 or more.</summary>
    public TimeSpan After(int failures)
    {
        var rest = Shortest * (1 << Math.Min(failures - 1, MostDoublings));
        return rest < Longest ? rest : Longest;
    }
}
