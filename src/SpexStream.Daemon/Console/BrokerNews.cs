using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Daemon.Console;

/// <summary>Says on standard error when the broker of a client verb is gone, and when it is back: whoever waits shall
/// know for what.</summary>
internal sealed class BrokerNews : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    /// <param name="connection">Connected.</param>
    /// <param name="broker">Its address.</param>
    /// <param name="missed">What the outage means for the verb, as a half sentence.</param>
    public BrokerNews(IMqttConnection connection, string broker, string missed) =>
        _watching = WatchAsync(connection, broker, missed);

    /// <summary>The line that tells a change; null for a state that changes nothing. Pure.</summary>
    public static (bool IsGone, string? Line) Tell(
        bool isGone, MqttConnectionState state, string broker, string missed) =>
        state.Phase switch
        {
            MqttConnectionPhase.Connected when isGone => (false, $"{broker} is back; {missed}"),
            MqttConnectionPhase.Waiting when !isGone =>
                (true, $"{broker} is gone ({state.Detail?.TrimEnd('.') ?? "no reason given"}); it is tried again until --timeout"),
            _ => (isGone, null),
        };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync(IMqttConnection connection, string broker, string missed)
    {
        var isGone = false;
        await foreach (var state in connection.WatchStatesAsync(_stop.Token))
        {
            (isGone, var line) = Tell(isGone, state, broker, missed);
            if (line is not null)
            {
                Terminal.Error.WriteLine($"spexstream: {line.ReplaceLineEndings(" ")}");
            }
        }
    }
}
