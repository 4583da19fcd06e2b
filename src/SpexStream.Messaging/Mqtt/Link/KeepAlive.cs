using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Sends pings and gives up a peer that stays silent.</summary>
internal static class KeepAlive
{
    /// <summary>Runs until cancelled, or throws when the peer is dead.</summary>
    public static async Task RunAsync(
        Liveness liveness, IControlQueue control, TimeProvider time, CancellationToken cancellation)
    {
        if (liveness.Interval == TimeSpan.Zero)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation).ConfigureAwait(false);
        }

        using var timer = new PeriodicTimer(liveness.Interval, time);
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            switch (liveness.Judge())
            {
                case Verdict.Ping:
                    control.Ping();
                    break;
                case Verdict.Dead:
                    throw new LinkLostException(
                        "The broker gave no sign of life within the keep-alive", MqttReasonCode.KeepAliveTimeout);
                default:
                    break;
            }
        }
    }
}
