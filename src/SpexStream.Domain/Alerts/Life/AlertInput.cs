using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>What happens to a rule in an area.</summary>
public abstract record AlertInput
{
    private AlertInput()
    {
    }

    /// <summary>W3C trace context of the scene that it comes from; null where it comes from none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Whether what is told of it is meant to be acted on; false: it is a test.</summary>
    public bool IsActual { get; init; }

    /// <summary>A scene, or a new revision of one, was measured there.</summary>
    public sealed record Observed(AreaPass Pass) : AlertInput
    {
        /// <summary>What it says against the pass before it; null where there is none, or nobody asked.</summary>
        public ToldChange? Change { get; init; }
    }

    /// <summary>A product was withdrawn.</summary>
    /// <param name="Scene">The scene.</param>
    /// <param name="Revision">The revision withdrawn; a later one may still come.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Retracted(SceneId Scene, int Revision, string Reason) : AlertInput;

    /// <summary>The rule is gone, does not watch the area any more, or watches something else (see
    /// <see cref="AlertLife.GoesOnUnder"/>).</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record RuleGone(string Reason) : AlertInput;

    /// <summary>An operator has switched alerts to <see cref="IsActual"/>: what is open and was told otherwise is told
    /// anew.</summary>
    public sealed record Switched : AlertInput;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : AlertInput;
}
