using SpexStream.IntegrationTests.Journal;

/// <summary>
/// Lets this assembly run as a process of its own, to be killed: the runtime calls this, by name and without a
/// namespace, when the variable DOTNET_STARTUP_HOOKS names the assembly, which only <see cref="DoomedWriter"/> sets.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // This thread has nothing else to do than to wait for the work, or for the kill.
        if (Environment.GetCommandLineArgs() is [_, DoomedWriter.Verb, var journal])
        {
            DoomedWriter.WriteUntilKilledAsync(journal).GetAwaiter().GetResult();
        }
    }
}
