namespace SpexStream.Daemon.Hosting;

/// <summary>What a daemon says last of what it had taken.</summary>
internal static class Farewell
{
    /// <summary>The end of that sentence.</summary>
    /// <param name="isClean">Whether nothing was left over.</param>
    /// <param name="isOneOfMany">Whether other nodes work from the same journal.</param>
    public static string Of(bool isClean, bool isOneOfMany) =>
        isClean ? "everything taken was finished"
        : isOneOfMany ? "nothing is lost: what was not finished lies in the journal, and another node goes on with it"
        : "nothing is lost: what was not finished lies in the journal, and the next start goes on with it";
}
