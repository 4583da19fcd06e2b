using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Postgres;

/// <summary>Who waits for what news. Safe for several threads.</summary>
/// <param name="lookAgain">After how long without news one looks all the same: a word may get lost behind its
/// commit.</param>
/// <param name="time">The clock.</param>
internal sealed class NewsDesk(TimeSpan lookAgain, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Topic> _topics = [];

    /// <summary>Waits until something is there: looks at once, after each piece of news, and now and then.</summary>
    /// <param name="topic">What the news is called.</param>
    /// <param name="isThere">Looks.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async ValueTask WaitAsync(
        string topic, Func<CancellationToken, ValueTask<bool>> isThere, CancellationToken cancellation)
    {
        while (true)
        {
            // Entered before the look, so that what comes in between is not missed.
            var next = Enter(topic);
            try
            {
                if (await isThere(cancellation).ConfigureAwait(false))
                {
                    return;
                }

                await next.WaitAsync(lookAgain, time, cancellation)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellation.ThrowIfCancellationRequested();
            }
            finally
            {
                Leave(topic);
            }
        }
    }

    /// <summary>Waits for the next piece of news.</summary>
    public async Task NextAsync(string topic, CancellationToken cancellation)
    {
        var next = Enter(topic);
        try
        {
            await next.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Leave(topic);
        }
    }

    public void Raise(string topic)
    {
        lock (_lock)
        {
            _topics.GetValueOrDefault(topic)?.Bell.Ring();
        }
    }

    /// <summary>Everybody looks again: news may have been missed.</summary>
    public void RaiseAll()
    {
        lock (_lock)
        {
            foreach (var topic in _topics.Values)
            {
                topic.Bell.Ring();
            }
        }
    }

    private Task Enter(string name)
    {
        lock (_lock)
        {
            var topic = _topics.TryGetValue(name, out var known) ? known : _topics[name] = new();
            topic.Waiting++;
            return topic.Bell.Next;
        }
    }

    private void Leave(string name)
    {
        lock (_lock)
        {
            if (--_topics[name].Waiting == 0)
            {
                _topics.Remove(name);
            }
        }
    }

    private sealed class Topic
    {
        public int Waiting { get; set; }

        public Bell Bell { get; } = new();
    }
}
