namespace SpexStream.Domain.Messages;

/// <summary>One MQTT 5 user property. Names may repeat.</summary>
public readonly record struct UserProperty(string Name, string Value);
