namespace SpexStream.Domain.Reliability;

/// <summary>
/// How long the oldest piece of work of a queue has been in it, from counts alone: looked at again and again, it
/// remembers how many had come by when. Exact to the time between two looks where the first in is the first out; where
/// others get past it, the oldest is at least as old. One thread at a time.
/// </summary>
/// <param name="mostMarks">Moments that are remembered, at least 2; what comes when there are as many may seem younger
/// than it is, until the first of them are gone.</param>
public sealed class QueueAge(int mostMarks = 1024)
{
    // How many had come up to a moment, the oldest first; each holds the number of one that is not out yet.
    private readonly LinkedList<(long Come, TimeSpan At)> _marks = new();
    private long _come;

    /// <summary>Looks once.</summary>
    /// <param name="come">Pieces that have ever come in; never falls.</param>
    /// <param name="gone">Pieces that have ever gone out; never falls, at most <paramref name="come"/>.</param>
    /// <param name="now">The moment, on any clock that does not go back.</param>
    public void Observe(long come, long gone, TimeSpan now)
    {
        while (_marks.First is { } first && first.Value.Come <= gone)
        {
            _marks.RemoveFirst();
        }

        if (come > Math.Max(_come, gone))
        {
            if (_marks.Count >= mostMarks)
            {
                _marks.RemoveLast();
            }

            _marks.AddLast((come, now));
        }

        _come = come;
    }

    /// <summary>The age of the oldest piece; zero where there is none.</summary>
    public TimeSpan Of(TimeSpan now) => _marks.First is { } first ? now - first.Value.At : TimeSpan.Zero;
}
