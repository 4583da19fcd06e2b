namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>The counters of one connection. Thread-safe.</summary>
internal sealed class Tally
{
    private long _connects;
    private long _failedConnects;
    private long _published;
    private long _resent;
    private long _publishesRefused;
    private long _received;
    private long _receivedBytes;
    private long _acknowledged;
    private long _staleAcknowledgements;

    public long Connects => Volatile.Read(ref _connects);

    public long FailedConnects => Volatile.Read(ref _failedConnects);

    public long Published => Volatile.Read(ref _published);

    public long Resent => Volatile.Read(ref _resent);

    public long PublishesRefused => Volatile.Read(ref _publishesRefused);

    public long Received => Volatile.Read(ref _received);

    public long ReceivedBytes => Volatile.Read(ref _receivedBytes);

    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public long StaleAcknowledgements => Volatile.Read(ref _staleAcknowledgements);

    public void Connected() => Interlocked.Increment(ref _connects);

    public void ConnectFailed() => Interlocked.Increment(ref _failedConnects);

    public void PublishDone() => Interlocked.Increment(ref _published);

    public void PublishResent() => Interlocked.Increment(ref _resent);

    public void PublishRefused() => Interlocked.Increment(ref _publishesRefused);

    public void MessageReceived(int bytes)
    {
        Interlocked.Increment(ref _received);
        Interlocked.Add(ref _receivedBytes, bytes);
    }

    public void AcknowledgementSent() => Interlocked.Increment(ref _acknowledged);

    public void AcknowledgementStale() => Interlocked.Increment(ref _staleAcknowledgements);
}
