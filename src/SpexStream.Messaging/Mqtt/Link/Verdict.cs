namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>What the signs of life say.</summary>
internal enum Verdict
{
    Well,
    Ping,
    Dead,
}
