namespace SpexStream.Daemon.Composition;

/// <summary>How a runtime is named in settings.</summary>
internal static class RuntimeName
{
    /// <summary>The in-process runtime; in every build.</summary>
    public const string Local = "local";

    /// <summary>Akka.NET; in builds with SpexActors=akka.</summary>
    public const string Akka = "akka";

    /// <summary>What is taken.</summary>
    public const string Rule = "local or akka";

#if SPEX_AKKA
    /// <summary>Whether this build has it.</summary>
    public static bool IsBuilt(string name) => name is Local or Akka;
#else
    /// <summary>Whether this build has it.</summary>
    public static bool IsBuilt(string name) => name == Local;
#endif
}
