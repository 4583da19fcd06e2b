namespace SpexStream.Daemon.Console;

/// <summary>
/// Tells the end of a scene from its retained state. A revision that is closed is not the end while a later one is
/// worked on; the events of a revision come before its state.
/// </summary>
/// <param name="scene">Id of the scene.</param>
/// <param name="isLive">What the broker had kept when the watching began does not count.</param>
internal sealed class SceneWatch(string scene, bool isLive)
{
    private int _worked;
    private string? _kept;

    /// <summary>Takes an event in; says how the scene ended, null while it has not.</summary>
    public (bool IsClosed, string Words)? Take(ShownEvent shown)
    {
        if (shown.StateOf(scene) is not var (phase, revision, words))
        {
            return null;
        }

        if (isLive && shown.IsKept && (_kept ??= shown.ToJson()) == shown.ToJson())
        {
            // Also when it comes again after an outage.
            return null;
        }

        if (phase is "open" or "closing")
        {
            _worked = Math.Max(_worked, revision);
            return null;
        }

        return revision < _worked ? null
            : phase == "closed" ? (true, $"revision {revision} is closed")
            : (false, $"scene {scene} is {phase}{(words is null ? "" : $": {words}")}");
    }
}
