namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Reads packets until the network connection ends, and passes each to the <see cref="LinkInbox"/>.</summary>
internal interface ILinkReader
{
    /// <summary>Runs until it throws.</summary>
    Task RunAsync(CancellationToken cancellation);
}
