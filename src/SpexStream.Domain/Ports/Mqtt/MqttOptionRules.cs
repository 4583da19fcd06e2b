using System.Collections.Immutable;

namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>Checks connection options; the same for every MQTT library.</summary>
public static class MqttOptionRules
{
    private static readonly TimeSpan MaximumSeconds = TimeSpan.FromSeconds(uint.MaxValue);

    /// <summary>Everything that is wrong with the options, one sentence each; empty when they can be used.</summary>
    public static ImmutableArray<string> Check(MqttConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = ImmutableArray.CreateBuilder<string>();
        Require(!string.IsNullOrWhiteSpace(options.Host), "Host must be given.");
        Require(options.Port is >= 1 and <= ushort.MaxValue, "Port must be 1 to 65535.");
        Require(options.ClientId is not null, "ClientId must not be null.");
        Require(options.ClientId?.Length > 0 || options.CleanStart, "An empty ClientId needs CleanStart.");
        Require(InRange(options.SessionExpiry, MaximumSeconds), "SessionExpiry must be 0 to 4294967295 seconds.");
        Require(
            InRange(options.KeepAlive, TimeSpan.FromSeconds(ushort.MaxValue)), "KeepAlive must be 0 to 65535 seconds.");
        Require(options.ReceiveMaximum is >= 1 and <= ushort.MaxValue, "ReceiveMaximum must be 1 to 65535.");
        Require(
            options.MaximumPacketBytes is >= 1024 and <= 256 << 20, "MaximumPacketBytes must be 1024 to 268435456.");
        Require(options.Hold.Messages >= 1, "Hold.Messages must be 1 or more.");
        Require(options.Hold.Bytes >= options.MaximumPacketBytes, "Hold.Bytes must not be below MaximumPacketBytes.");
        Require(options.MaximumPendingPublishes is >= 1 and <= 32767, "MaximumPendingPublishes must be 1 to 32767.");
        Require(options.ConnectTimeout > TimeSpan.Zero, "ConnectTimeout must be more than zero.");
        Require(options.Backoff.First > TimeSpan.Zero, "Backoff.First must be more than zero.");
        Require(options.Backoff.Longest >= options.Backoff.First, "Backoff.Longest must not be below Backoff.First.");
        Require(
            options.Tls is not { } tls || (tls.CertificateFile is null) == (tls.KeyFile is null),
            "Tls.CertificateFile and Tls.KeyFile must be given together.");
        Require(
            options.Will is not { } will || InRange(will.Delay, MaximumSeconds),
            "Will.Delay must be 0 to 4294967295 seconds.");
        Require(
            options.Will?.Message.Payload.Length is null or <= ushort.MaxValue,
            "The will's payload must be at most 65535 bytes.");
        return errors.ToImmutable();

        void Require(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add(error);
            }
        }
    }

    /// <summary>Passes good options on.</summary>
    /// <exception cref="ArgumentException">Names all that is wrong.</exception>
    public static MqttConnectionOptions Checked(MqttConnectionOptions options)
    {
        var errors = Check(options);
        return errors.IsEmpty ? options : throw new ArgumentException(string.Join(" ", errors), nameof(options));
    }

    private static bool InRange(TimeSpan value, TimeSpan most) => value >= TimeSpan.Zero && value <= most;
}
