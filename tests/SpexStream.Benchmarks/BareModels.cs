namespace SpexStream.Benchmarks;

/// <summary>One bare session for each device, on a thread each.</summary>
internal sealed class BareModels : IDisposable
{
    private readonly BareModel[] _models;
    private readonly BareTiles _tiles;
    private readonly int _batch;

    /// <summary>Opens a graph and fills the inputs with the first tiles of a scene.</summary>
    public BareModels(string graph, BareTiles tiles, int batch, int devices)
    {
        (_tiles, _batch) = (tiles, batch);
        _models = [.. Enumerable.Range(0, devices).Select(_ => new BareModel(graph, tiles.Edge, batch))];
        for (var device = 0; device < devices; device++)
        {
            for (var slot = 0; slot < batch; slot++)
            {
                tiles.Write(First(device) + slot, _models[device].Input.Slice(slot * tiles.Values, tiles.Values));
            }
        }
    }

    /// <summary>As many inferences as all tiles of the scene need; who is free takes the next one.</summary>
    public void Run()
    {
        var left = _tiles.Count / _batch;
        var threads = _models.Select(model => new Thread(() =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                model.Run();
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    /// <summary>Pixels of a published mask that are not what the bare network says. Where two classes are as good as
    /// equal, either will do; where nothing was measured, the network is not asked.</summary>
    /// <param name="mask">Codes of the whole scene, row after row.</param>
    /// <param name="side">Rows and columns of the scene.</param>
    /// <param name="channel">The class.</param>
    public int Differences(byte[] mask, int side, int channel)
    {
        var differences = 0;
        for (var device = 0; device < _models.Length; device++)
        {
            _models[device].Run();
            for (var slot = 0; slot < _batch; slot++)
            {
                differences += Differences(mask, side, channel, _models[device], First(device) + slot, slot);
            }
        }

        return differences;
    }

    public void Dispose() => Array.ForEach(_models, model => model.Dispose());

    private static bool IsNodata(ReadOnlySpan<float> pixel, int area)
    {
        for (var band = 0; band < BenchNetwork.Bands; band++)
        {
            if (pixel[band * area] != 0)
            {
                return false;
            }
        }

        return true;
    }

    private int First(int device) => device * _batch;

    private int Differences(byte[] mask, int side, int channel, BareModel model, int tile, int slot)
    {
        const float Close = 1e-5f;
        var input = model.Input;
        var logits = model.Output;
        var (area, differences) = (_tiles.Edge * _tiles.Edge, 0);
        var (left, top) = _tiles.Place(tile);
        for (var y = BenchNetwork.Overlap; y < _tiles.Edge - BenchNetwork.Overlap; y++)
        {
            for (var x = BenchNetwork.Overlap; x < _tiles.Edge - BenchNetwork.Overlap; x++)
            {
                var at = (slot * BenchNetwork.Channels * area) + (y * _tiles.Edge) + x;
                if (IsNodata(input[((slot * _tiles.Values) + (y * _tiles.Edge) + x)..], area))
                {
                    continue;
                }

                var others = float.MinValue;
                for (var other = 0; other < BenchNetwork.Channels; other++)
                {
                    others = other == channel ? others : Math.Max(others, logits[at + (other * area)]);
                }

                var lead = logits[at + (channel * area)] - others;
                var isYes = mask[((top + y - BenchNetwork.Overlap) * side) + left + x - BenchNetwork.Overlap] == 1;
                differences += Math.Abs(lead) > Close && isYes != lead > 0 ? 1 : 0;
            }
        }

        return differences;
    }
}
