using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Daemon.Actors;
using SpexStream.Daemon.Composition;
using SpexStream.Pipeline;

namespace SpexStream.Tests.Actors;

/// <summary>The Akka.NET runtime on a node of its own.</summary>
internal static class AkkaRuntimes
{
    public static BuiltRuntime Make(LocalRuntimeOptions options, LocalRuntimePorts ports) =>
        AkkaRuntimeFactory.Create(options, ports, new(), new L(), _ => { });
}

internal sealed class L : Microsoft.Extensions.Logging.ILoggerFactory, Microsoft.Extensions.Logging.ILogger
{
  public void AddProvider(Microsoft.Extensions.Logging.ILoggerProvider p) {}
  public Microsoft.Extensions.Logging.ILogger CreateLogger(string c) => this;
  public void Dispose() {}
  public IDisposable? BeginScope<T>(T s) where T : notnull => null;
  public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel l) => true;
  public void Log<T>(Microsoft.Extensions.Logging.LogLevel l, Microsoft.Extensions.Logging.EventId e, T s, Exception? x, Func<T, Exception?, string> f) { lock (typeof(L)) { File.AppendAllText("/tmp/h-akka/test.log", $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {l} {f(s, x)} {x}\n"); } }
}
