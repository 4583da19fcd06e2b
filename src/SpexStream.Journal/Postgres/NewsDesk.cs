namespace SpexStream.Journal.Postgres;

/// <summary>Who waits for what news. Safe for several threads.</summary>
internal sealed class NewsDesk
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Topic> _topics = [];

    /// <summary>Waits until something is there: looks at once, and again after each piece of news.</summary>
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

                await next.WaitAsync(cancellation).ConfigureAwait(false);
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
            _topics.GetValueOrDefault(topic)?.Raise();
        }
    }

    /// <summary>Everybody looks again: news may have been missed.</summary>
    public void RaiseAll()
    {
        lock (_lock)
        {
            foreach (var topic in _topics.Values)
            {
                topic.Raise();
            }
        }
    }

    private Task Enter(string name)
    {
        lock (_lock)
        {
            var topic = _topics.TryGetValue(name, out var known) ? known : _topics[name] = new();
            topic.Waiting++;
            return topic.Next;
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
        private TaskCompletionSource _next = NewSource();

        public int Waiting { get; set; }

        public Task Next => _next.Task;

        public void Raise()
        {
            _next.TrySetResult();
            _next = NewSource();
        }

        private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
