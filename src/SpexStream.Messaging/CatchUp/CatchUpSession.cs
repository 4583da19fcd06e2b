using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Ingest;

namespace SpexStream.Messaging.CatchUp;

/// <summary>
/// The one session of a group of nodes that gets a copy of every announcement, and takes up what none of them has
/// settled: strips that were on their way to a node that died. It lies with the broker under a fixed client id and goes
/// on where the node that had it before left it. One node at a time runs it; that is for the caller to see to.
/// </summary>
/// <param name="connect">Makes its connection, not connected yet.</param>
/// <param name="filters">What it subscribes to; never by a share group.</param>
/// <param name="ingest">Makes what takes announcements from that connection, with a <see cref="CatchUpWatch"/>.</param>
/// <param name="settled">What nodes have settled.</param>
/// <param name="memory">How long it is remembered that an announcement was settled: longer than the session keeps
/// its copy.</param>
/// <param name="time">The clock.</param>
public sealed class CatchUpSession(
    Func<IMqttConnection> connect, IReadOnlyList<MqttSubscription> filters, Func<IMqttConnection, StripIngest> ingest,
    ISettledAnnouncements settled, TimeSpan memory, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    private volatile string? _trouble;

    /// <summary>Told of what ended it; it begins again after a rest. Must not block.</summary>
    public Action<Exception> OnFault { get; init; } = _ => { };

    /// <summary>Told when it listens; must not block.</summary>
    public Action OnListening { get; init; } = () => { };

    /// <summary>Why it does not work at present; null while it does, or is not run.</summary>
    public string? Trouble => _trouble;

    /// <summary>Works until cancelled. What was not settled stays with the broker, for whoever runs it next.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                await TryAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Another node has it now, or the daemon stops.
        }
        finally
        {
            _trouble = null;
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = connect();
            await connection.ConnectAsync(cancellation);
            await connection.SubscribeAsync(filters, cancellation);
            _trouble = null;
            OnListening();
            using var taking = ingest(connection);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var forgetting = ForgetAsync(stop.Token);
            try
            {
                await taking.RunAsync(cancellation);
            }
            finally
            {
                await stop.CancelAsync();
                await forgetting;
            }
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // The top of the session: nodes take strips without it, and what it left lies with the broker.
            _trouble = fault.Message;
            OnFault(fault);
            await Task.Delay(Rest, time, cancellation);
        }
    }

    private async Task ForgetAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(ForgetEvery, time);
        try
        {
            do
            {
                try
                {
                    await settled.ForgetAsync(memory, cancellation);
                }
                catch (JournalException)
                {
                    // What is older stays an hour longer.
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The session ends; whoever has it next goes on.
        }
    }
}
