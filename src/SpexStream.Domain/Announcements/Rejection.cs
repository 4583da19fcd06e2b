namespace SpexStream.Domain.Announcements;

/// <summary>A refusal that its sender can act on: the code for machines, one sentence for people.</summary>
/// <param name="Reason">The code.</param>
/// <param name="Where">The place: a path such as <c>properties["spex:scene_id"]</c>, or "payload".</param>
/// <param name="What">What is wrong there, without a full stop.</param>
/// <param name="Remedy">What to do about it, without a full stop.</param>
public sealed record Rejection(RejectionReason Reason, string Where, string What, string Remedy)
{
    private const int QuotedLength = 60;

    /// <summary>Place, fault and remedy as one sentence.</summary>
    public string Sentence => $"{Where} {What}; {Remedy}.";

    /// <summary>
    /// A foreign value fit for a message: in quotes, printable ASCII, at most 60 characters. A sender cannot break
    /// the lines of a log with it.
    /// </summary>
    public static string Quote(string value)
    {
        var head = value.Length > QuotedLength ? value[..QuotedLength] : value;
        var clean = string.Create(head.Length, head, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
            }
        });
        return value.Length > QuotedLength ? $"'{clean}...'" : $"'{clean}'";
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Reason.Slug()}: {Sentence}";
}
