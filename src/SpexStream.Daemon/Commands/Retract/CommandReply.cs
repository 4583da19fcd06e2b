namespace SpexStream.Daemon.Commands.Retract;

/// <summary>What the daemon answered.</summary>
/// <param name="Status">done, refused or failed.</param>
/// <param name="Reason">Code for machines.</param>
/// <param name="Sentence">For people.</param>
internal sealed record CommandReply(string Status, string Reason, string Sentence)
{
    /// <summary>Whether all is as it was asked for.</summary>
    public bool IsDone => Status == "done";
}
