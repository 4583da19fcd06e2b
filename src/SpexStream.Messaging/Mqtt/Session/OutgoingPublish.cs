using System.Buffers.Binary;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>A publish on its way: the message, its place in the order and its waiting caller. Its state is guarded by
/// the lock of its <see cref="PublishOrder"/>.</summary>
/// <param name="message">The message; the payload belongs to the caller until the completion ends.</param>
/// <param name="header">The encoded packet up to the payload, with room for the packet identifier.</param>
/// <param name="packetIdOffset">Where the identifier goes; meaningless on QoS 0.</param>
internal sealed class OutgoingPublish(MqttMessage message, byte[] header, int packetIdOffset)
{
    private const byte DuplicateFlag = 8;

    public MqttMessage Message { get; } = message;

    public byte[] Header { get; } = header;

    public long PacketLength => (long)Header.Length + Message.Payload.Length;

    /// <summary>Ends when the caller may reuse the payload.</summary>
    public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LinkedListNode<OutgoingPublish>? Place { get; set; }

    /// <summary>0 on QoS 0, and on QoS 1 before the first sending.</summary>
    public ushort PacketId { get; private set; }

    /// <summary>Sendings begun.</summary>
    public int Attempts { get; private set; }

    /// <summary>True while the writer may read the payload; then <see cref="Outcome"/> waits for its end.</summary>
    public bool IsBeingWritten { get; set; }

    /// <summary>True when the bytes went out on the present network connection.</summary>
    public bool IsOnTheWire { get; set; }

    /// <summary>Settles the caller's task once it is known how.</summary>
    public Action<TaskCompletionSource>? Outcome { get; set; }

    public bool NeedsAcknowledgement => Message.Qos != MqttQos.AtMostOnce;

    /// <summary>Notes that a sending begins.</summary>
    public void BeginWriting()
    {
        IsBeingWritten = true;
        IsOnTheWire = true;
        Attempts++;
        if (Attempts > 1)
        {
            Header[0] |= DuplicateFlag;
        }
    }

    public void Name(ushort packetId)
    {
        PacketId = packetId;
        BinaryPrimitives.WriteUInt16BigEndian(Header.AsSpan(packetIdOffset), packetId);
    }
}
