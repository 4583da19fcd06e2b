using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>What a node does while it has a lease.</summary>
public interface ILeasedWork
{
    /// <summary>Works as long as the tenure lasts, or until nothing is left to do: then the lease goes back. So it does
    /// after a fault, which is told (<see cref="LeaseNotes.OnFault"/>).</summary>
    Task RunAsync(SceneTenure tenure);

    /// <summary>Ends when nothing works under the lease any more; asked after <see cref="RunAsync"/> has ended and the
    /// tenure, too.</summary>
    Task StoppedAsync() => Task.CompletedTask;

    /// <summary>The lease cannot be had, for the journal's row of it is damaged; must not block.</summary>
    /// <returns>Whether it is told elsewhere; else it is told once as a fault.</returns>
    bool TellDamage(JournalDamagedException fault) => false;
}
