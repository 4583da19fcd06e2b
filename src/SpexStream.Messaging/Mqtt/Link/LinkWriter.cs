using System.Buffers;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>The writer of our own client: small packets share one system call; a large payload is written from the
/// caller's memory.</summary>
internal sealed class LinkWriter(
    Stream stream, MqttSession session, ControlBuffer control, BrokerLimits limits, Liveness liveness)
    : ILinkWriter
{
    private const int BatchBytes = 64 << 10;
    private const int CopiedPayloadBytes = 16 << 10;
    private const int SliceBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _batch = new(2 * BatchBytes);
    private readonly PublishBatch _publishes = new(session, limits);
    private bool _hasPing;
    private volatile bool _isFinishing;

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var isLast = _isFinishing;
                await WriteAvailableAsync(isLast, cancellation).ConfigureAwait(false);
                if (isLast)
                {
                    return;
                }

                await session.WriterWork.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            EndBatch();
        }
    }

    public void Finish()
    {
        _isFinishing = true;
        session.WriterWork.Set();
    }

    private async Task WriteAvailableAsync(bool controlOnly, CancellationToken cancellation)
    {
        while (true)
        {
            _hasPing |= control.MoveTo(_batch);
            while (!controlOnly && _batch.WrittenCount < BatchBytes
                && session.Publishes.TakeNext(limits.ReceiveMaximum) is { } publish)
            {
                await AddAsync(publish, cancellation).ConfigureAwait(false);
            }

            if (_batch.WrittenCount == 0)
            {
                return;
            }

            await FlushAsync(default, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask AddAsync(OutgoingPublish publish, CancellationToken cancellation)
    {
        if (!_publishes.TryAdd(publish))
        {
            return;
        }

        _batch.Write(publish.Header);
        var payload = publish.Message.Payload;
        if (payload.Length <= CopiedPayloadBytes)
        {
            _batch.Write(payload.Span);
        }
        else
        {
            await FlushAsync(payload, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask FlushAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        liveness.Wrote(isMore: true);
        await stream.WriteAsync(_batch.WrittenMemory, cancellation).ConfigureAwait(false);
        while (payload.Length > 0)
        {
            var slice = payload[..Math.Min(payload.Length, SliceBytes)];
            await stream.WriteAsync(slice, cancellation).ConfigureAwait(false);
            payload = payload[slice.Length..];
            liveness.Wrote(isMore: true);
        }

        liveness.Wrote(isMore: false, _hasPing);
        _hasPing = false;
        EndBatch();
    }

    private void EndBatch()
    {
        _publishes.End();
        _batch.ResetWrittenCount();
    }
}
