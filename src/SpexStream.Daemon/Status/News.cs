using System.Collections.Immutable;
using System.Threading.Channels;

namespace SpexStream.Daemon.Status;

/// <summary>
/// Hands what happens on to those who look on, at most <see cref="MostListeners"/> of them, and keeps the newest items.
/// A listener that does not keep up misses the oldest. Never blocks; safe for several threads.
/// </summary>
internal sealed class News(TimeProvider time)
{
    public const int MostListeners = 16;
    public const int MostKept = 50;
    private const int MostWaiting = 64;
    private readonly Lock _lock = new();
    private readonly Queue<NewsItem> _kept = new();
    private ImmutableArray<Channel<NewsItem?>> _listeners = [];
    private long _number;

    /// <summary>The newest items, newest first.</summary>
    public ImmutableArray<NewsItem> Newest
    {
        get
        {
            lock (_lock)
            {
                return [.. _kept.Reverse()];
            }
        }
    }

    /// <summary>Something happened.</summary>
    public void Tell(string kind, string about, string text)
    {
        lock (_lock)
        {
            var item = new NewsItem(++_number, time.GetUtcNow(), kind, about, text);
            _kept.Enqueue(item);
            if (_kept.Count > MostKept)
            {
                _kept.Dequeue();
            }

            Hand(item);
        }
    }

    /// <summary>Figures have changed, which is no item of its own.</summary>
    public void Stir()
    {
        lock (_lock)
        {
            Hand(null);
        }
    }

    /// <summary>Listens from now on; null for a mere change of figures. Null in place of a reader where there are
    /// listeners enough.</summary>
    public ChannelReader<NewsItem?>? TryListen()
    {
        lock (_lock)
        {
            if (_listeners.Length >= MostListeners)
            {
                return null;
            }

            var channel = Channel.CreateBounded<NewsItem?>(
                new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
            _listeners = _listeners.Add(channel);
            return channel.Reader;
        }
    }

    /// <summary>Listens no more.</summary>
    public void Leave(ChannelReader<NewsItem?> reader)
    {
        lock (_lock)
        {
            _listeners = _listeners.RemoveAll(channel => channel.Reader == reader);
        }
    }

    private void Hand(NewsItem? item)
    {
        foreach (var listener in _listeners)
        {
            listener.Writer.TryWrite(item);
        }
    }
}
