using System.Collections.Immutable;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Scenes;

/// <summary>What follows from an order.</summary>
/// <param name="Outcome">The answer to whoever gave it; given when the rest is written down.</param>
/// <param name="Step">The scene's next state and what has to be done.</param>
/// <param name="Facts">What has to be written down before the step's own facts.</param>
public sealed record SceneOrderDecision(SceneOrderOutcome Outcome, SceneStep Step, ImmutableArray<SceneFact> Facts);
