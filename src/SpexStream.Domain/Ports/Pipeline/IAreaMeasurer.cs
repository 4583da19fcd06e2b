using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Measures what rules want to know of a scene. Blocks; safe for several scenes at once.</summary>
public interface IAreaMeasurer
{
    /// <summary>What is to be kept with the product; empty where no rule watches an area on the scene.</summary>
    ImmutableArray<SceneFact.AreasMeasured> Measure(CompletedScene scene);
}
