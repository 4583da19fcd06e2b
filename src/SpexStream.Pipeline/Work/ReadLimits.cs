namespace SpexStream.Pipeline.Work;

/// <summary>What is borne of reads that do not come back.</summary>
/// <param name="Timeout">How long one read may take; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for
/// ever.</param>
/// <param name="MaxHung">Threads of one device given up in a read that may be out before the device goes out of
/// service.
/// </param>
public sealed record ReadLimits(TimeSpan Timeout, int MaxHung)
{
    /// <summary>A read may take for ever: for one run on one file, which has nobody else to hold up.</summary>
    public static ReadLimits None { get; } = new(System.Threading.Timeout.InfiniteTimeSpan, 1);
}
