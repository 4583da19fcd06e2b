using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference;

/// <summary>
/// Sessions for runtimes that know nothing of models: each thread that asks gets one of its own, on the next device of
/// the list. Sessions that were opened ahead go to whoever opens the model first. Safe for use from several threads;
/// disposed after the last of them has ended.
/// </summary>
internal sealed class ThreadSessions : IDisposable
{
    private readonly ITileModel _model;
    private readonly ImmutableArray<ModelSessionOptions> _options;
    private readonly ConcurrentDictionary<ModelSessionOptions, IModelSession> _ahead = new();
    private readonly ThreadLocal<Own> _own;
    private int _opened;

    public ThreadSessions(ITileModel model, ImmutableArray<ModelSessionOptions> options)
    {
        (_model, _options) = (model, options);
        _own = new ThreadLocal<Own>(Open, trackAllValues: true);
    }

    /// <summary>Opens a session on every device now, so that what is missing shows before the first tile.</summary>
    /// <returns>The sessions; they stay this object's until they are taken.</returns>
    public IReadOnlyList<IModelSession> OpenAhead()
    {
        foreach (var options in _options)
        {
            _ahead[options] = _model.Open(options);
        }

        return [.. _options.Select(options => _ahead[options])];
    }

    /// <summary>Takes the session that was opened ahead with these options; null when there is none any more.</summary>
    public IModelSession? TakeAhead(ModelSessionOptions options) =>
        _ahead.TryRemove(options, out var session) ? session : null;

    /// <summary>Classifies one tile in one go.</summary>
    public void Classify(ILearnedBackend backend, PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence)
    {
        if (backend.Ask(pixels, findings, evidence) is not { } request)
        {
            return;
        }

        var (session, batch) = _own.Value!;
        batch.Clear();
        batch.Add(pixels, request);
        session.Infer(batch);
        batch.Answer(0, evidence);
    }

    public void Dispose()
    {
        foreach (var own in _own.Values)
        {
            own.Batch.Dispose();
            own.Session.Dispose();
        }

        _own.Dispose();
        foreach (var session in _ahead.Values)
        {
            session.Dispose();
        }
    }

    private Own Open()
    {
        var next = (uint)(Interlocked.Increment(ref _opened) - 1);
        var session = _model.Open(_options[(int)(next % (uint)_options.Length)]);
        try
        {
            return new(session, session.NewBatch());
        }
        catch
        {
            // Nobody else has it yet.
            session.Dispose();
            throw;
        }
    }

    private sealed record Own(IModelSession Session, IModelBatch Batch);
}
