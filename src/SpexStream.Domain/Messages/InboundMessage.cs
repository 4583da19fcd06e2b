using System.Collections.Immutable;

namespace SpexStream.Domain.Messages;

/// <summary>What of a received message matters to a decoder.</summary>
/// <param name="Topic">Topic it came on.</param>
/// <param name="Payload">Its bytes; belong to the receiver and must stay unchanged while decoded.</param>
/// <param name="ContentType">Media type; null when the sender gave none.</param>
/// <param name="UserProperties">User properties in order.</param>
public sealed record InboundMessage(
    string Topic, ReadOnlyMemory<byte> Payload, string? ContentType, ImmutableArray<UserProperty> UserProperties)
{
    /// <summary>Value of the first user property of a name; null when there is none.</summary>
    public string? Property(string name)
    {
        foreach (var property in UserProperties)
        {
            if (property.Name == name)
            {
                return property.Value;
            }
        }

        return null;
    }
}
