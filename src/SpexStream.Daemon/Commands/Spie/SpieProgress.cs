using SpexStream.Daemon.Console;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>Shows how far a build is, in one line on a terminal.</summary>
internal sealed class SpieProgress(TimeProvider time)
{
    private const int BarCells = 24;
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(200);

    private readonly bool _isShown = !System.Console.IsErrorRedirected;
    private long _shown;

    /// <summary>A window was done.</summary>
    public void Show(string scene, double sceneShare, int scenesDone, int scenes)
    {
        if (_isShown && time.GetElapsedTime(_shown) >= ShowEvery)
        {
            _shown = time.GetTimestamp();
            var share = (scenesDone + sceneShare) / scenes;
            var cells = (int)(share * BarCells);
            var bar = new string('#', cells).PadRight(BarCells, '.');
            Terminal.Error.Write(FormattableString.Invariant(
                $"\r[{bar}] {100 * share,3:0} %  scene {scenesDone + 1} of {scenes}: {scene}\u001b[K"));
        }
    }

    /// <summary>Says something that stays.</summary>
    public void Say(string line)
    {
        Clear();
        Terminal.Error.WriteLine($"spexstream: {line}");
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_isShown)
        {
            Terminal.Error.Write("\r\u001b[K");
        }
    }
}
