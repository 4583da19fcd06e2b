using SpexStream.Daemon.Composition;
using SpexStream.Pipeline;

namespace SpexStream.Tests.Pipeline;

/// <summary>Makes a runtime.</summary>
internal delegate BuiltRuntime RuntimeMaker(LocalRuntimeOptions options, LocalRuntimePorts ports);

/// <summary>The runtimes that were built.</summary>
internal static class Runtimes
{
    public static BuiltRuntime Make(RuntimeKind kind, LocalRuntimeOptions options, LocalRuntimePorts ports) =>
#if SPEX_AKKA
        kind == RuntimeKind.Akka ? Actors.AkkaRuntimes.Make(options, ports) :
#endif
        kind == RuntimeKind.Local ? BuiltRuntime.Of(new LocalRuntime(options, ports))
        : throw new NotSupportedException($"The runtime {kind} was not built.");
}
