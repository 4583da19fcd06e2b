namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// Reads masks of products for who judges alerts, whom a share that hangs must not keep: all of a scene within one
/// limit, and nothing beside a reading that went over it. After that masks are left alone for a while, for a share that
/// is merely slow would cost every scene its time. One task at a time.
/// </summary>
internal sealed class MaskReading(TimeProvider time)
{
    /// <summary>As long may all the masks of a scene take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>As long masks are left alone after some took longer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private Task _last = Task.CompletedTask;
    private long _began = time.GetTimestamp();
    private long? _gaveUp;

    /// <summary>Whether masks are left alone at present.</summary>
    public bool IsPaused => _gaveUp is { } since && time.GetElapsedTime(since) < Pause;

    private TimeSpan Rest
    {
        get
        {
            var rest = IsPaused ? TimeSpan.Zero : Longest - time.GetElapsedTime(_began);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>Turns to a scene: its time counts from here.</summary>
    public void BeginScene() => _began = time.GetTimestamp();

    /// <summary>Begins to read on a thread of its own; <see cref="WaitAsync"/> waits for it.</summary>
    /// <exception cref="TimeoutException">The scene has no time left, an earlier reading has not ended, or masks are
    /// left alone.</exception>
    public Task<T> Begin<T>(Func<T> read, CancellationToken stop)
    {
        if (!_last.IsCompleted || Rest == TimeSpan.Zero)
        {
            throw GiveUp();
        }

        var reading = Task.Run(read, stop);
        _last = reading;
        return reading;
    }

    /// <summary>Waits for what was begun, for this scene or when it was looked at before, and throws what it
    /// throws.</summary>
    /// <exception cref="TimeoutException">It takes longer; it goes on all the same.</exception>
    public async ValueTask<T> WaitAsync<T>(Task<T> reading, CancellationToken stop)
    {
        try
        {
            return await reading.WaitAsync(Rest, time, stop);
        }
        catch (TimeoutException) when (!reading.IsCompleted)
        {
            throw GiveUp();
        }
    }

    private TimeoutException GiveUp()
    {
        _gaveUp = IsPaused ? _gaveUp : time.GetTimestamp();
        return new($"Masks could not be read within {Longest.TotalSeconds:0} s, here or shortly before.");
    }
}
