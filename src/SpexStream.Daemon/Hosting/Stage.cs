using SpexStream.Domain.Reliability;

namespace SpexStream.Daemon.Hosting;

/// <summary>A stage of the way of the data, as it can be looked at from outside; must not block.</summary>
/// <param name="Name">Its name in metrics and messages.</param>
/// <param name="Depth">Pieces of work that it has.</param>
/// <param name="Progress">Grows when one gets on.</param>
internal sealed record Stage(string Name, Func<int> Depth, Func<long> Progress)
{
    /// <summary>A stage with a tally.</summary>
    public static Stage Of(string name, StageTally tally) => new(name, () => tally.Depth, () => tally.Progress);
}
