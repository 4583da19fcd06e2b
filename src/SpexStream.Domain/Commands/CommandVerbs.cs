using System.Collections.Immutable;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Commands;

/// <summary>The last levels of the command topics.</summary>
public static class CommandVerbs
{
    /// <summary>Announce a spool folder again.</summary>
    public const string Replay = "replay";

    /// <summary>Make a scene's products again.</summary>
    public const string Reprocess = "reprocess";

    /// <summary>Withdraw a scene's product.</summary>
    public const string Retract = "retract";

    /// <summary>Work on a quarantined strip once more.</summary>
    public const string Release = "release";

    /// <summary>Give a failed scene up.</summary>
    public const string Abandon = "abandon";

    /// <summary>Finish and leave.</summary>
    public const string Drain = "drain";

    /// <summary>Take no strips for now.</summary>
    public const string Pause = "pause";

    /// <summary>Take strips again.</summary>
    public const string Resume = "resume";

    /// <summary>The verb of an order.</summary>
    public static string Of(SceneOrder order) => order switch
    {
        SceneOrder.Reprocess => Reprocess,
        SceneOrder.Retract => Retract,
        SceneOrder.Release => Release,
        SceneOrder.Abandon => Abandon,
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, null),
    };

    /// <summary>Every verb.</summary>
    public static ImmutableArray<string> All { get; } =
        [Replay, Reprocess, Retract, Release, Abandon, Drain, Pause, Resume];
}
