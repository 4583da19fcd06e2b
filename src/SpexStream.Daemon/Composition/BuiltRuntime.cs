using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Leases;

namespace SpexStream.Daemon.Composition;

/// <summary>A runtime, and what else of it is looked at.</summary>
/// <param name="Runtime">It.</param>
/// <param name="Figures">How it gets on.</param>
/// <param name="Works">What it drives; its own.</param>
internal sealed record BuiltRuntime(IPipelineRuntime Runtime, IRuntimeFigures Figures, PipelineWorks Works)
{
    /// <summary>The in-process runtime.</summary>
    public static BuiltRuntime Of(LocalRuntime runtime) => new(runtime, runtime, runtime.Works);

    /// <summary>The in-process runtime of a node that shares its scenes with others.</summary>
    public static BuiltRuntime Of(LeasedRuntime runtime) => new(runtime, runtime.Local, runtime.Local.Works);
}
