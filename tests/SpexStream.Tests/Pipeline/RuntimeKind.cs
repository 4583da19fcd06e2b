namespace SpexStream.Tests.Pipeline;

/// <summary>Which runtime a scenario runs on.</summary>
public enum RuntimeKind
{
    /// <summary>The in-process runtime.</summary>
    Local,

    /// <summary>Akka.NET; only where it was built.</summary>
    Akka,
}
