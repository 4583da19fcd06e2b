using System.Globalization;
using SpexStream.Domain.Reliability;

namespace SpexStream.Messaging.Ingest;

/// <summary>
/// Counts the rasters that wait because the spool folder will not take them: their messages hold the only copy, so they
/// wait for as long as it takes, and nobody shall wait unknowingly. Safe for several threads.
/// </summary>
/// <param name="tally">Counts them as work that has begun and does not get on.</param>
/// <param name="onBegin">Told why, when the first one waits; must not block.</param>
internal sealed class SpoolTrouble(StageTally tally, Action<string> onBegin)
{
    private readonly Lock _lock = new();
    private string? _why;
    private int _waiting;

    /// <summary>Why they wait, in one line; null when none does.</summary>
    public string? Text
    {
        get
        {
            lock (_lock)
            {
                return _waiting == 0 ? null : string.Create(
                    CultureInfo.InvariantCulture, $"{_waiting} rasters wait for the spool folder: {_why}");
            }
        }
    }

    /// <summary>One waits, until the answer is disposed of: it was taken, or goes back to the broker.</summary>
    public IDisposable Begin(Exception fault)
    {
        tally.Begin();
        bool isFirst;
        lock (_lock)
        {
            _why = fault.Message;
            isFirst = _waiting++ == 0;
        }

        if (isFirst)
        {
            onBegin(fault.Message);
        }

        return new Wait(this);
    }

    private void End()
    {
        lock (_lock)
        {
            _waiting--;
        }

        tally.End();
    }

    private sealed class Wait(SpoolTrouble trouble) : IDisposable
    {
        public void Dispose() => trouble.End();
    }
}
