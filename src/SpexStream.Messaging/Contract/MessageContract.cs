using System.Text.Json.Nodes;

namespace SpexStream.Messaging.Contract;

/// <summary>What is promised of one kind of message.</summary>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Address">Topic with its parameters in braces.</param>
/// <param name="Says">What it is, for people.</param>
public sealed record MessageContract(string Type, string Address, string Says)
{
    /// <summary>Media type of the payload.</summary>
    public required string ContentType { get; init; }

    /// <summary>Whether the broker keeps it for late joiners.</summary>
    public bool Retain { get; init; }

    /// <summary>When the broker drops it, in seconds; null where it depends on the message.</summary>
    public int? ExpirySeconds { get; init; }

    /// <summary>JSON Schema of the payload; null where the payload is no JSON.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>Whether the station takes it rather than sends it.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Name of its schema file: the type without what all begin with.</summary>
    public string Name => Type["org.spexstream.".Length..];
}
