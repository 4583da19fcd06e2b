using System.Globalization;
using SpexStream.Daemon.Settings;

namespace SpexStream.Daemon.Hosting;

/// <summary>What is not wrong in a group of nodes, but not meant either.</summary>
internal static class GroupAdvice
{
    /// <summary>What all nodes of a journal should have alike, as one text.</summary>
    public static string Terms(RunSettings settings) =>
        string.Create(CultureInfo.InvariantCulture, $"share={settings.Share} lease={settings.LeaseSeconds}");

    /// <summary>The advice, in sentences.</summary>
    /// <param name="settings">Of this node.</param>
    /// <param name="othersDiffer">Whether another node has other <see cref="Terms"/>.</param>
    public static IEnumerable<string> Of(RunSettings settings, bool othersDiffer)
    {
        if (othersDiffer)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Another node of this journal has another Share or LeaseSeconds than this one ({settings.Share ?? "none"}, {settings.LeaseSeconds} s): ")
                + "give all nodes the same, or each group gets every announcement, and deaths are noticed at "
                + "different times";
        }

        if (settings.ClusterSeeds is { } seeds && ClusterSettings.Parts(seeds) is [var only])
        {
            yield return $"ClusterSeeds names one node, {only}: while it is away no node can join; name two or more";
        }
    }
}
