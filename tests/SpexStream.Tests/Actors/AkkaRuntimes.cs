using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Daemon.Actors;
using SpexStream.Daemon.Composition;
using SpexStream.Pipeline;

namespace SpexStream.Tests.Actors;

/// <summary>The Akka.NET runtime on a node of its own.</summary>
internal static class AkkaRuntimes
{
    public static BuiltRuntime Make(LocalRuntimeOptions options, LocalRuntimePorts ports) =>
        AkkaRuntimeFactory.Create(options, ports, new(), NullLoggerFactory.Instance, _ => { });
}
