using System.Collections.Immutable;

namespace SpexStream.Domain.Scenes;

/// <summary>A decision: the new state, and what has to be done.</summary>
public sealed record SceneStep(SceneState State, ImmutableArray<SceneEffect> Effects)
{
    /// <summary>A state that asks for nothing.</summary>
    public static SceneStep Of(SceneState state) => new(state, []);

    /// <summary>The step with more to do.</summary>
    public SceneStep And(params ReadOnlySpan<SceneEffect> effects) => this with { Effects = [.. Effects, .. effects] };

    /// <summary>Goes on from this step's state; what both ask for is done in order.</summary>
    public SceneStep Then(Func<SceneState, SceneStep> next)
    {
        var step = next(State);
        return new(step.State, [.. Effects, .. step.Effects]);
    }
}
