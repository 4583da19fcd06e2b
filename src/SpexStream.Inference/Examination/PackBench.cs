using System.Collections.Concurrent;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Segmentation;
using SpexStream.Inference.Spex.Backend;

namespace SpexStream.Inference.Examination;

/// <summary>Measures what our way of feeding a model costs against a bare loop over the same session.</summary>
public sealed class PackBench : IDisposable
{
    private readonly ILoadedPack _model;
    private readonly IModelSession _session;
    private readonly IModelBatch[] _batches;
    private readonly ILearnedBackend _backend;
    private readonly PixelPlanes _pixels;
    private readonly TileEvidence _evidence;
    private readonly TimeProvider _time;

    /// <summary>Opens a pack.</summary>
    /// <exception cref="ModelRefusedException">It cannot be loaded.</exception>
    /// <exception cref="DeviceFaultException">The device is not there.</exception>
    public PackBench(string folder, ModelSessionOptions options, TimeProvider time)
    {
        _time = time;
        _model = PackLoader.Load(folder, [options], time);
        _session = _model.Open(options);
        _batches = [_session.NewBatch(), _session.NewBatch()];
        var (bands, wanted) = _model is SpexModel spex
            ? (spex.Pack.Description.Input.Bands, SpexTrial.Wanted(options.TileSize))
            : (((SegmentationSession)_session).Pack.Input.Bands, PackTrial.Wanted((SegmentationSession)_session));
        _pixels = MadeTile.Create(bands.Length, options.TileSize, _model.ReachPixels, 1);
        _evidence = new TileEvidence(options.TileSize);
        _backend = _model.BackendFor(MadeTile.Imagery(bands), wanted);
    }

    /// <summary>Runs rounds of about a second each, the kinds in turn.</summary>
    public PackBenchResult Run(int rounds, CancellationToken cancellation)
    {
        var (bare, alone, overlapped) = (new List<double>(), new List<double>(), new List<double>());
        Fill(_batches[0]);
        Fill(_batches[1]);
        var batches = 2 * Math.Max(1, (int)(Measure(Bare, 1, cancellation) / _session.BatchSize / 2));
        for (var round = 0; round < rounds; round++)
        {
            bare.Add(Measure(Bare, batches, cancellation));
            alone.Add(Measure(Alone, batches, cancellation));
            overlapped.Add(Measure(Overlapped, batches, cancellation));
        }

        return new(_model.Identity, _session.Provider, rounds, Median(bare), Median(alone), Median(overlapped));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _evidence.Dispose();
        _pixels.Dispose();
        foreach (var batch in _batches)
        {
            batch.Dispose();
        }

        _session.Dispose();
        _model.Dispose();
    }

    private double Measure(Action<int, CancellationToken> run, int batches, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        run(batches, cancellation);
        return batches * _session.BatchSize / _time.GetElapsedTime(started).TotalSeconds;
    }

    private void Bare(int batches, CancellationToken cancellation)
    {
        for (var i = 0; i < batches; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_batches[i % 2] is SegmentationBatch windows)
            {
                windows.RunBare();
            }
            else
            {
                // Pictures and prompts that are there; all the rest is the graphs, one after the other.
                _session.Infer(_batches[i % 2], cancellation);
            }
        }
    }

    private void Alone(int batches, CancellationToken cancellation)
    {
        for (var i = 0; i < batches; i++)
        {
            Fill(_batches[0]);
            _session.Infer(_batches[0], cancellation);
            Read(_batches[0]);
        }
    }

    // The queues hold two batches at most: there are no more.
    private void Overlapped(int batches, CancellationToken cancellation)
    {
        using var filled = new BlockingCollection<IModelBatch>(2);
        using var answered = new BlockingCollection<IModelBatch>(2);
        Exception? fault = null;
        var reader = new Thread(() =>
        {
            try
            {
                for (var i = 0; i < batches; i++)
                {
                    var batch = i < 2 ? _batches[i] : answered.Take(cancellation);
                    if (i >= 2)
                    {
                        Read(batch);
                    }

                    Fill(batch);
                    filled.Add(batch, cancellation);
                }
            }
            catch (Exception broken)
            {
                // The top of a thread: the one that measures throws it again.
                fault = broken;
            }
            finally
            {
                filled.CompleteAdding();
            }
        })
        { Name = "spex bench reader", IsBackground = true };
        reader.Start();
        try
        {
            foreach (var batch in filled.GetConsumingEnumerable(cancellation))
            {
                _session.Infer(batch, cancellation);
                answered.Add(batch, cancellation);
            }
        }
        finally
        {
            answered.CompleteAdding();
            reader.Join();
        }

        if (fault is not null)
        {
            throw new InvalidOperationException("The reading thread broke.", fault);
        }

        while (answered.TryTake(out var last))
        {
            Read(last);
        }
    }

    private void Fill(IModelBatch batch)
    {
        batch.Clear();
        while (batch.Count < batch.Capacity)
        {
            batch.Add(_pixels, _backend.Ask(_pixels, _backend.InitialFindings, _evidence)!);
        }
    }

    private void Read(IModelBatch batch)
    {
        for (var slot = 0; slot < batch.Count; slot++)
        {
            batch.Answer(slot, _evidence);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
