using System.Data.Common;
using System.Text.Json;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Sealing;

namespace SpexStream.Journal.Rows;

/// <summary>A message as a row of the table "outbox". The scene is empty where there is none.</summary>
internal static class OutboxRow
{
    public const string Columns =
        "scene, at, event_id, event_type, topic, content_type, properties, payload, qos, retain, is_text, expiry, "
        + "digest, seal";

    /// <summary>The values of <see cref="Columns"/>.</summary>
    public static object?[] Values(string scene, long at, SealedMessage sealedMessage)
    {
        var message = sealedMessage.Message;
        return
        [
            scene, at, message.EventId, message.EventType, message.Topic, message.ContentType, sealedMessage.Properties,
            message.Payload.ToArray(), message.Qos, message.Retain, message.IsText, message.Expiry?.Ticks,
            sealedMessage.Digest, SealOf(scene, at, sealedMessage.Digest),
        ];
    }

    /// <summary>Reads the key and, behind it, <see cref="Columns"/>.</summary>
    /// <exception cref="JournalDamagedException">The row is not what was written.</exception>
    public static OutboxEntry Read(DbDataReader row, JournalPlace place)
    {
        var (key, scene, at) = (row.GetInt64(0), row.GetString(1), row.GetInt64(2));
        try
        {
            var properties = (byte[])row[7];
            var message = new OutgoingMessage
            {
                EventId = row.GetString(3),
                EventType = row.GetString(4),
                Topic = row.GetString(5),
                ContentType = row.IsDBNull(6) ? null : row.GetString(6),
                UserProperties = UserPropertyFormat.Read(properties),
                Payload = (byte[])row[8],
                Qos = row.GetInt32(9),
                Retain = row.GetInt64(10) != 0,
                IsText = row.GetInt64(11) != 0,
                Expiry = row.IsDBNull(12) ? null : TimeSpan.FromTicks(row.GetInt64(12)),
            };
            var digest = SealedMessage.DigestOf(message, properties);
            if (row.GetInt64(14) == SealOf(scene, at, digest))
            {
                return new(key, SceneOf(scene), Times.Read(at), message);
            }
        }
        catch (Exception odd) when (odd is JsonException or FormatException or ArgumentException or OverflowException
            or InvalidOperationException)
        {
            throw place.Damaged($"message {key} of the outbox is not what was written", odd);
        }

        throw place.Damaged($"message {key} of the outbox is not what was written");
    }

    private static SceneId? SceneOf(string name) => name.Length == 0 ? null
        : SceneId.TryParseStored(name, out var scene) ? scene
        : throw new FormatException("The id of a message's scene is none.");

    private static long SealOf(string scene, long at, byte[] digest) =>
        new SealWriter().Add(scene).Add(at).Add(digest).Seal();
}
