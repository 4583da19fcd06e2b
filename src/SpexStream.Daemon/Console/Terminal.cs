namespace SpexStream.Daemon.Console;

/// <summary>The one place that touches the terminal.</summary>
internal static class Terminal
{
    /// <summary>Results.</summary>
    public static TextWriter Out => System.Console.Out;

    /// <summary>Progress and errors.</summary>
    public static TextWriter Error => System.Console.Error;
}
