namespace SpexStream.Domain.Messages;

/// <summary>Names of the reasons on the wire.</summary>
public static class CloseReasons
{
    /// <summary>Lower-case name.</summary>
    public static string Slug(this CloseReason reason) => reason switch
    {
        CloseReason.Complete => "complete",
        CloseReason.EndOfPass => "end-of-pass",
        CloseReason.Timeout => "timeout",
        CloseReason.Deadline => "deadline",
        CloseReason.Operator => "operator",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>Reads a name; null when unknown.</summary>
    public static CloseReason? FromSlug(string? text) => text switch
    {
        "complete" => CloseReason.Complete,
        "end-of-pass" => CloseReason.EndOfPass,
        "timeout" => CloseReason.Timeout,
        "deadline" => CloseReason.Deadline,
        "operator" => CloseReason.Operator,
        _ => null,
    };
}
