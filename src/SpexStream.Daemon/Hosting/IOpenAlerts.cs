namespace SpexStream.Daemon.Hosting;

/// <summary>The alerts that are open now, for gauges, status and console. Safe for several threads; must not
/// block.</summary>
internal interface IOpenAlerts
{
    /// <summary>They, in any order.</summary>
    IReadOnlyCollection<OpenAlert> Current { get; }

    /// <summary>Where no rules are loaded.</summary>
    static IOpenAlerts None { get; } = new NoAlerts();

    private sealed class NoAlerts : IOpenAlerts
    {
        public IReadOnlyCollection<OpenAlert> Current => [];
    }
}
