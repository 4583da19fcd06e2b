namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Writes what is to be sent: control packets first, then publishes in order as the broker's window allows.
/// </summary>
internal interface ILinkWriter
{
    /// <summary>Runs until it throws, or until it is finished.</summary>
    Task RunAsync(CancellationToken cancellation);

    /// <summary>Lets the writer write the control packets that are there, and end.</summary>
    void Finish();
}
