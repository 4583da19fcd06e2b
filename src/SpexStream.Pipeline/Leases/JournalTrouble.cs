using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Leases;

/// <summary>Whether the journal answers, as the questions for leases tell. Safe for use from several threads.</summary>
/// <param name="onChange">Told why it does not answer, once each time, and null when it does again.</param>
internal sealed class JournalTrouble(Action<string?> onChange)
{
    private readonly Bell _changed = new();
    private volatile string? _reason;

    /// <summary>Why it does not answer; null while it does.</summary>
    public string? Reason => _reason;

    /// <summary>It answered.</summary>
    public void Clear()
    {
        if (_reason is null)
        {
            return;
        }

        _reason = null;
        onChange(null);
        _changed.Ring();
    }

    /// <summary>It did not answer.</summary>
    public void Set(string reason)
    {
        if (_reason is null)
        {
            onChange(reason);
        }

        _reason = reason;
    }

    /// <summary>Ends when it answers; at once while it does.</summary>
    public async Task OverAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var changed = _changed.Next;
            if (_reason is null)
            {
                return;
            }

            await changed.WaitAsync(cancellation);
        }
    }
}
