using SpexStream.Domain.Messages;

namespace SpexStream.Pipeline.Models;

/// <summary>What a <see cref="ModelSwitch"/> works with.</summary>
public sealed record ModelSwitchTools
{
    /// <summary>Tells how the pack looks now: equal texts, same version. Cheap; blocks for a moment.</summary>
    public required Func<string> Stamp { get; init; }

    /// <summary>Reads and checks what the pack holds now. Blocks for seconds, on a thread of its own.</summary>
    public required Func<ISceneModel> Load { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Told that new scenes get another version; must not block.</summary>
    public Action<ISceneModel> OnTakenOver { get; init; } = _ => { };

    /// <summary>Told why a version cannot be used; must not block.</summary>
    public Action<Exception> OnRefused { get; init; } = _ => { };

    /// <summary>Told that a version waits until scenes have finished with an older one; must not block.</summary>
    public Action OnWaiting { get; init; } = () => { };

    /// <summary>Told that a version is gone, with its sessions; must not block.</summary>
    public Action<ModelFacts> OnClosed { get; init; } = _ => { };
}
