using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Models;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// A tile with rows that no strip brought: each run of rows between them goes through the model on its own, and the
/// last one to come back finishes the tile and disposes of this. If one fails the tile has failed; what comes back
/// after that changes nothing.
/// </summary>
internal sealed class GapTile(ModelJob job, PixelWindow core, int tileSize) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TileEvidence _whole = new(tileSize);
    private readonly Dictionary<LandCoverClass, (int Row, ModelText Text)> _texts = [];
    private SecondPlane? _second;
    private bool _isAsked;
    private int _open = 1;
    private bool _isOver;

    /// <summary>Asks about every run of rows; on the reading thread.</summary>
    /// <param name="parts">The runs.</param>
    /// <param name="scratch">What the thread keeps.</param>
    public void Run(IEnumerable<PixelWindow> parts, WorkerScratch scratch)
    {
        _whole.FillNodata(core);
        try
        {
            foreach (var part in parts)
            {
                if (IsOver)
                {
                    // It failed or was given back meanwhile: whoever takes it next reads it anew.
                    break;
                }

                Ask(part, scratch);
            }
        }
        catch
        {
            // The worker reports the tile as failed; parts on their way must not report it again.
            End(() => { });
            throw;
        }
        finally
        {
            Leave(scratch);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _whole.Dispose();

    private void Ask(PixelWindow part, WorkerScratch scratch)
    {
        var evidence = scratch.Evidence(tileSize);
        using var pixels = job.Read(core.Intersect(part), part, scratch);
        if (job.Consider(pixels, evidence))
        {
            (_second ??= new(core)).Take(evidence);
        }

        Enter();
        Asked asked;
        try
        {
            asked = job.Ask(pixels, new Part(this), evidence, scratch);
        }
        catch
        {
            // The part is on no device: nobody else leaves for it.
            Leave(scratch: null);
            throw;
        }

        switch (asked)
        {
            case Asked.NeedNot:
                _second?.Silence(core.Intersect(part));
                Take(evidence, [], isAsked: false);
                Leave(scratch);
                break;
            case Asked.DeviceIsOut:
                End(job.Reoffer);
                Leave(scratch);
                break;
        }
    }

    private bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return _isOver;
            }
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            _open++;
        }
    }

    private void Take(TileEvidence part, ImmutableArray<ModelText> texts, bool isAsked)
    {
        lock (_lock)
        {
            _isAsked |= isAsked;
            foreach (var text in texts)
            {
                // One for each class: of the uppermost rows, whichever come back first.
                if (!_texts.TryGetValue(text.Class, out var known) || part.Core.Row < known.Row)
                {
                    _texts[text.Class] = (part.Core.Row, text);
                }
            }

            EvidencePlanes.CopyInto(part, _whole);
        }
    }

    private void Leave(WorkerScratch? scratch)
    {
        lock (_lock)
        {
            if (--_open > 0)
            {
                return;
            }
        }

        if (scratch is not null)
        {
            End(() => job.Finish(
                _whole, [.. _texts.OrderBy(entry => entry.Key).Select(entry => entry.Value.Text)], _isAsked, scratch,
                _second?.Pack()));
        }

        Dispose();
    }

    private void End(Action report)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
        }

        report();
    }

    private sealed class Part(GapTile tile) : IModelTile
    {
        public FlightMark? Mark => tile.Mark;

        public void Answer(IModelBatch batch, int slot, WorkerScratch scratch)
        {
            var evidence = scratch.Evidence(tile.TileSize);
            var texts = batch.Answer(slot, evidence);
            tile.Take(evidence, texts, isAsked: true);
            tile.Leave(scratch);
        }

        public void Fail(Exception fault)
        {
            tile.End(() => tile.Job.Fail(fault));
            tile.Leave(null);
        }

        public void GiveBack(DeviceFaultException fault)
        {
            tile.End(() => tile.Job.GiveBack(fault));
            tile.Leave(null);
        }
    }

    private FlightMark? Mark => job.Mark;

    private int TileSize => tileSize;

    private ModelJob Job => job;
}
