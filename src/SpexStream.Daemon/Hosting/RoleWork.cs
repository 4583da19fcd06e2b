using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Leases;

namespace SpexStream.Daemon.Hosting;

/// <summary>What one node at a time does for all.</summary>
/// <param name="work">Works until the role ends.</param>
internal sealed class RoleWork(Func<SceneTenure, Task> work) : ILeasedWork
{
    /// <inheritdoc/>
    public Task RunAsync(SceneTenure tenure) => work(tenure);
}
