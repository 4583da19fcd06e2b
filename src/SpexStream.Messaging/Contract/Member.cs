using System.Text.Json.Nodes;

namespace SpexStream.Messaging.Contract;

/// <summary>A member of an object in a JSON Schema.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="IsRequired">Whether it is always there.</param>
internal sealed record Member(string Name, JsonObject Shape, bool IsRequired = true)
{
    /// <summary>One that may be missing.</summary>
    public static Member Perhaps(string name, JsonObject shape) => new(name, shape, IsRequired: false);
}
