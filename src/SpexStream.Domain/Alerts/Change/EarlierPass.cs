using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Change;

/// <summary>The pass that a newer one is compared with.</summary>
/// <param name="Scene">Its scene.</param>
/// <param name="Revision">Revision of its product.</param>
/// <param name="SensedAt">When the scene was sensed last.</param>
public sealed record EarlierPass(SceneId Scene, int Revision, DateTimeOffset SensedAt)
{
    /// <summary>
    /// The pass that was the newest when another was sensed: of another scene, sensed before it, over the outline as it
    /// is now, clear enough to be kept and not withdrawn. A revision is thus compared with the pass before its scene
    /// and never with its own earlier form. Null where none is known.
    /// </summary>
    /// <param name="state">Where the rule stands in the area.</param>
    /// <param name="pass">The newer pass, kept already or not.</param>
    public static EarlierPass? Of(AlertState state, AreaPass pass)
    {
        // A revision keeps its scene's place among the passes, so what lies before it is of other scenes.
        var sensedAt = state.Of(pass.Scene)?.Pass.SensedAt ?? pass.SensedAt;
        var before = state.Passes.LastOrDefault(kept =>
            kept.Pass.SensedAt < sensedAt && AreaPass.IsSameGround(kept.Pass.Outline, pass.Outline))?.Pass;
        return before is null ? null : new(before.Scene, before.Revision, before.SensedAt);
    }
}
