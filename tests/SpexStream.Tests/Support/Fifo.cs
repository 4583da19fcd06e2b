using System.Diagnostics;

namespace SpexStream.Tests.Support;

/// <summary>A pipe in the file system: whoever opens it to read hangs in the kernel until somebody opens it to
/// write.</summary>
internal sealed class Fifo : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _entered = new(0);
    private readonly Lock _lock = new();
    private int _waiting;
    private bool _isReleased;

    public Fifo()
    {
        Path = _folder["pipe"];
        using var make = Process.Start("mkfifo", [Path]);
        make.WaitForExit();
    }

    public string Path { get; }

    /// <summary>Hangs as a read on a dead mount does, until it was released.</summary>
    public void Hang()
    {
        lock (_lock)
        {
            if (_isReleased)
            {
                return;
            }

            _waiting++;
        }

        _entered.Release();
        using (File.OpenRead(Path))
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Releases at the end of a block, whatever became of it.</summary>
    public IDisposable ReleasedAtEnd() => new End(this);

    /// <summary>Ends when one more call hangs.</summary>
    public Task<bool> EnteredAsync() => _entered.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Lets all calls that hang come back; later ones do not hang.</summary>
    public void Release()
    {
        lock (_lock)
        {
            if (_isReleased)
            {
                return;
            }

            _isReleased = true;
            if (_waiting == 0)
            {
                return;
            }
        }

        // Waits for the first reader to come; none is left behind, since the pipe stays open while they pass.
        using var writer = new FileStream(Path, FileMode.Open, FileAccess.Write);
        SpinWait.SpinUntil(() => Volatile.Read(ref _waiting) == 0, TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        Release();
        _entered.Dispose();
        _folder.Dispose();
    }

    private sealed class End(Fifo pipe) : IDisposable
    {
        public void Dispose() => pipe.Release();
    }
}
