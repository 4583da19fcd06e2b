using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Retention;

namespace SpexStream.Pipeline.Retention;

/// <summary>Looks at the disks every few seconds: closes the gate for new strips where there is too little room, opens
/// it by itself, and calls for housekeeping before it comes to that. Safe for use from several threads.</summary>
public sealed class DiskWatch : IStripGate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CallEvery = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly ImmutableArray<(string Name, string Folder)> _folders;
    private readonly DiskWatchOptions _options;
    private readonly TimeProvider _time;
    private readonly RoomLevel[] _levels;
    private TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? _calledAt;

    /// <summary>Looks for the first time.</summary>
    /// <param name="folders">The folders with the names that people know them by.</param>
    /// <param name="options">How much room there shall be, and whom to tell.</param>
    /// <param name="time">The clock.</param>
    public DiskWatch(
        ImmutableArray<(string Name, string Folder)> folders, DiskWatchOptions options, TimeProvider time)
    {
        (_folders, _options, _time) = (folders, options, time);
        _levels = [.. folders.Select(_ => new RoomLevel(options.MinFreeBytes))];
        _gate.SetResult();
        Look();
    }

    /// <summary>Why nothing new is taken; null when there is room.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The folders by name, and whether they have too little room.</summary>
    public ImmutableArray<(string Name, bool IsLow)> Levels
    {
        get
        {
            lock (_lock)
            {
                return [.. _folders.Zip(_levels, (folder, level) => (folder.Name, level.IsLow))];
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask WaitAsync(CancellationToken cancellation) => new(Gate().WaitAsync(cancellation));

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops, which is said by others.
        }
    }

    /// <summary>Looks at the disks now.</summary>
    public void Look()
    {
        var (before, wanted) = (Trouble, 0);
        string? trouble = null;
        lock (_lock)
        {
            for (var i = 0; i < _folders.Length; i++)
            {
                if (TryMeasure(_folders[i].Folder) is not { } free)
                {
                    continue;
                }

                _levels[i] = _levels[i].With(free);
                wanted += free < Math.Max(_options.KeepFreeBytes, _levels[i].EnoughBytes) ? 1 : 0;
                trouble = _levels[i].IsLow ? Words(_folders[i].Name, free, _levels[i].EnoughBytes) : trouble;
            }

            Trouble = _levels.Any(level => level.IsLow) ? trouble ?? Trouble : null;
            Swing();
        }

        if ((Trouble is null) != (before is null))
        {
            _options.OnChange(Trouble);
        }

        var now = _time.GetUtcNow();
        if (wanted > 0
            && (_calledAt is not { } last || now - last >= CallEvery || (before is null && Trouble is not null)))
        {
            _calledAt = now;
            _options.OnShort();
        }
    }

    private void Swing()
    {
        if (Trouble is null)
        {
            _gate.TrySetResult();
        }
        else if (_gate.Task.IsCompleted)
        {
            _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private Task Gate()
    {
        lock (_lock)
        {
            return _gate.Task;
        }
    }

    private long? TryMeasure(string folder)
    {
        try
        {
            return _options.FreeBytes(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A mount that is away at this moment says nothing about room; whoever writes there meets it.
            return null;
        }
    }

    private static string Words(string name, long free, long enough) => string.Create(
        CultureInfo.InvariantCulture,
        $"the disk of {name} has {free >> 20} MiB free, strips are taken again from {enough >> 20} MiB");
}
