using SpexStream.Messaging.Mqtt.Link;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>
/// Stands between MQTTnet and the network connection. MQTTnet reads headers byte by byte and payloads by 4 KiB, and
/// writes each packet for itself: here reads come from a large buffer and small writes wait for a flush. Tells the
/// liveness what moved. One reader and one writer at a time; closing it leaves the connection to its owner.
/// </summary>
internal sealed class MqttNetStream(Stream connection) : Stream
{
    private const int BufferBytes = 256 << 10;
    private const int BatchBytes = 64 << 10;
    private const int CopiedBytes = 16 << 10;
    private const int SliceBytes = 1 << 20;

    private readonly byte[] _read = new byte[BufferBytes];
    private readonly byte[] _batch = new byte[2 * BatchBytes];
    private Liveness? _liveness;
    private int _start;
    private int _end;
    private int _batched;

    public bool IsBatchFull => _batched >= BatchBytes;

    /// <summary>What ended reading, when it was not the broker's orderly close; MQTTnet swallows it.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on what moves is a sign of life.</summary>
    public void Watch(Liveness liveness) => Volatile.Write(ref _liveness, liveness);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start == _end)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _read.AsSpan(_start, count).CopyTo(buffer.Span);
        _start += count;
        return count;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length <= CopiedBytes && buffer.Length <= _batch.Length - _batched)
        {
            buffer.CopyTo(_batch.AsMemory(_batched));
            _batched += buffer.Length;
            return;
        }

        await FlushAsync(cancellationToken).ConfigureAwait(false);
        for (var rest = buffer; rest.Length > 0;)
        {
            var slice = rest[..Math.Min(rest.Length, SliceBytes)];
            _liveness?.Wrote(isMore: true);
            await connection.WriteAsync(slice, cancellationToken).ConfigureAwait(false);
            rest = rest[slice.Length..];
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batched > 0)
        {
            _liveness?.Wrote(isMore: true);
            await connection.WriteAsync(_batch.AsMemory(0, _batched), cancellationToken).ConfigureAwait(false);
            _batched = 0;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        try
        {
            (_start, _end) = (0, await connection.ReadAsync(_read, cancellation).ConfigureAwait(false));
        }
        catch (Exception cause) when (LinkErrors.IsExpected(cause))
        {
            Failure = cause;
            throw;
        }

        Volatile.Read(ref _liveness)?.Read();
    }
}
