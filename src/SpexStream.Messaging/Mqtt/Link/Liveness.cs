namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>
/// Decides when to ask the peer for a sign of life and when to give it up. A ping goes out after half a keep-alive
/// without reading or writing; half a keep-alive after it left, silence means dead. While we do not read, silence
/// proves nothing and only a stuck write does. Thread-safe.
/// </summary>
internal sealed class Liveness(TimeSpan keepAlive, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _lastRead = time.GetTimestamp();
    private long _lastWrite = time.GetTimestamp();
    private long? _pingLeft;
    private bool _isWriting;
    private bool _isPingAsked;
    private bool _isReadingPaused;

    /// <summary>How often to judge; zero when keep-alive is off.</summary>
    public TimeSpan Interval { get; } = keepAlive / 4;

    public void Read()
    {
        lock (_lock)
        {
            _lastRead = time.GetTimestamp();
            _pingLeft = null;
        }
    }

    /// <summary>Reading stops or goes on; what came meanwhile still waits in the socket.</summary>
    public void ReadingPaused(bool isPaused)
    {
        lock (_lock)
        {
            _isReadingPaused = isPaused;
            _lastRead = time.GetTimestamp();
            _pingLeft = null;
        }
    }

    /// <summary>Bytes were accepted by the system; <paramref name="isMore"/> when others follow at once.</summary>
    public void Wrote(bool isMore, bool hadPing = false)
    {
        lock (_lock)
        {
            _lastWrite = time.GetTimestamp();
            _isWriting = isMore;
            if (hadPing)
            {
                _pingLeft = _lastWrite;
                _isPingAsked = false;
            }
        }
    }

    /// <summary>What to do now. After <see cref="Verdict.Ping"/> the caller sends one.</summary>
    public Verdict Judge()
    {
        lock (_lock)
        {
            if (_isWriting)
            {
                return time.GetElapsedTime(_lastWrite) >= keepAlive * 1.5 ? Verdict.Dead : Verdict.Well;
            }

            if (_pingLeft is { } left && !_isReadingPaused && time.GetElapsedTime(left) >= keepAlive / 2)
            {
                return Verdict.Dead;
            }

            var isSilent = time.GetElapsedTime(_lastRead) >= keepAlive / 2 && !_isReadingPaused;
            var isIdle = time.GetElapsedTime(_lastWrite) >= keepAlive / 2;
            if (_isPingAsked || (_pingLeft is not null && !_isReadingPaused) || (!isSilent && !isIdle))
            {
                return Verdict.Well;
            }

            _isPingAsked = true;
            return Verdict.Ping;
        }
    }
}
