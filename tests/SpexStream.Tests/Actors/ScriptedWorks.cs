using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Reliability;
using SpexStream.Tests.Journal;

namespace SpexStream.Tests.Actors;

/// <summary>Works that do what a test wants, and count what they gave away.</summary>
internal sealed class ScriptedWorks : IPipelineWorks
{
    private readonly CancellationTokenSource _abandoned = new();
    private int _turns;
    private int _given;

    public ScriptedJournal Script { get; } = new();

    /// <summary>Scenes made so far, the newest last.</summary>
    public ConcurrentQueue<ScriptedScene> Scenes { get; } = new();

    /// <summary>Turns that were given and not given back.</summary>
    public int TurnsOut => Volatile.Read(ref _turns);

    /// <summary>Turns that were given.</summary>
    public int TurnsGiven => Volatile.Read(ref _given);

    /// <summary>Goes before each turn.</summary>
    public Func<Task> BeforeTurn { get; set; } = () => Task.CompletedTask;

    /// <summary>Goes before a scene stands.</summary>
    public Func<ScriptedScene, Task> OnRecall { get; set; } = _ => Task.CompletedTask;

    /// <summary>Goes before the answer to a message.</summary>
    public Func<ScriptedScene, ISceneMessage, Task> OnHandle { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Opens benches; by its device and what is told when it is given up.</summary>
    public Func<string, Action, IDeviceBench> OnOpenBench { get; set; } =
        (_, _) => throw new NotSupportedException("No devices here.");

    public ImmutableArray<string> Devices { get; init; } = [];

    public int MaxHung => 1;

    public int MailboxCapacity => 64;

    public TimeProvider Time => TimeProvider.System;

    public ISceneJournal Journal => Script;

    public CancellationToken Abandoned => _abandoned.Token;

    public int ReadyTiles => 0;

    public long MadeReady => 0;

    public int WaitingStrips => 0;

    public int PendingStrips => 0;

    public int HungReads => 0;

    public int StalledScenes => 0;

    public string? Trouble => null;

    public long PixelCacheBytes => 0;

    public long PixelPoolBytes => 0;

    public StageTally TilesAtWork { get; } = new();

    public StageTally Assemblies { get; } = new();

    public ISceneEntity NewScene(SceneId scene, ISceneMailbox mailbox, SceneTenure tenure)
    {
        var made = new ScriptedScene(scene, this, mailbox, tenure);
        Scenes.Enqueue(made);
        return made;
    }

    public IDeviceBench OpenBench(string device, Action onGivenUp) => OnOpenBench(device, onGivenUp);

    // As an admission that is past its last look at the token when that is cancelled.
    public async ValueTask<IDisposable> AdmitAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        await BeforeTurn();
        return new Turn(this);
    }

    public ValueTask WaitForGateAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellation) => new(new Turn(this));

    public Task AbandonAsync() => _abandoned.CancelAsync();

    public ValueTask DisposeAsync() => Script.DisposeAsync();

    private sealed class Turn : IDisposable
    {
        private readonly ScriptedWorks _works;

        public Turn(ScriptedWorks works)
        {
            _works = works;
            Interlocked.Increment(ref works._turns);
            Interlocked.Increment(ref works._given);
        }

        // Twice would be one too many, and is seen.
        public void Dispose() => Interlocked.Decrement(ref _works._turns);
    }
}
