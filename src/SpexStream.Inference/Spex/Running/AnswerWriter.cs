using Microsoft.ML.OnnxRuntime;
using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Running;

/// <summary>
/// Generates answers: reads the prompts of a batch, then writes a token of each answer per step. Buffers and cache are
/// allocated once. One thread.
/// </summary>
internal sealed class AnswerWriter : IDisposable
{
    private readonly SpexModels _models;
    private readonly IDecoderCache _cache;
    private readonly DecoderBuffers _buffers;
    private readonly long[] _next;
    private readonly int _mostPositions;

    /// <param name="models">The graphs.</param>
    /// <param name="rows">Most answers at once.</param>
    /// <param name="mostPositions">Most tokens of prompt and answer together.</param>
    public AnswerWriter(SpexModels models, int rows, int mostPositions)
    {
        (_models, _mostPositions) = (models, mostPositions);
        _cache = models.Shape.Grouped
            ? new SharedCache(models.Decoder, models.Shape, rows, mostPositions)
            : new GrowingCache(models.Decoder, models.Shape);
        _buffers = new DecoderBuffers(Sizes, rows * mostPositions, rows, rows);
        _next = new long[rows];
    }

    private LanguageModelSizes Sizes => _models.Shape.Sizes;

    /// <summary>Whether prompts of different lengths can be read at once.</summary>
    public bool TakesMixedLengths => _models.Shape.Grouped;

    /// <summary>Generates an answer to each prompt, [tokens, hidden] each.</summary>
    /// <exception cref="ArgumentException">A prompt leaves no room for an answer.</exception>
    /// <exception cref="OperationCanceledException">Given up between two tokens.</exception>
    public AnswerRow[] Write(IReadOnlyList<float[]> prompts, SpexGeneration generation, CancellationToken cancellation)
    {
        int[] lengths = [.. prompts.Select(prompt => prompt.Length / Sizes.Hidden)];
        var longest = lengths.Max();
        var most = Math.Min(generation.MostNewTokens, _mostPositions - longest);
        if (most < 1)
        {
            throw new ArgumentException(
                $"A prompt of {longest} tokens leaves no room within {_mostPositions}.", nameof(prompts));
        }

        AnswerRow[] rows =
        [
            .. prompts.Select((_, row) =>
                new AnswerRow(
                    generation, most, new TokenChoice(generation.Sampling, Sizes.Vocabulary, row), Sizes.Hidden)),
        ];
        _cache.Begin(lengths);
        if (_cache is SharedCache shared)
        {
            ReadApart(shared, prompts, rows, cancellation);
        }
        else
        {
            ReadTogether(prompts, longest, rows);
        }

        cancellation.ThrowIfCancellationRequested();
        Continue(rows, cancellation);
        return rows;
    }

    public void Dispose() => _cache.Dispose();

    // Padded to the longest, a prompt would be summed up in another order, so that the last digits of an answer would
    // depend on who shares its batch. Prompts are long enough to fill the device one by one.
    private void ReadApart(
        SharedCache cache, IReadOnlyList<float[]> prompts, AnswerRow[] rows, CancellationToken cancellation)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            cache.Select(row);
            Read([prompts[row]], prompts[row].Length / Sizes.Hidden);
            rows[row].Add(_buffers.Logits.AsSpan(0, Sizes.Vocabulary));
        }

        cache.SelectAll();
    }

    // Of one length: this form knows no other.
    private void ReadTogether(IReadOnlyList<float[]> prompts, int length, AnswerRow[] rows)
    {
        Read(prompts, length);
        TakeLogits(rows, [.. rows.Select(_ => true)]);
    }

    private void Read(IReadOnlyList<float[]> prompts, int length)
    {
        for (var row = 0; row < prompts.Count; row++)
        {
            prompts[row].CopyTo(_buffers.Embeddings.AsSpan(row * length * Sizes.Hidden));
            _buffers.LogitPositions[row] = length - 1;
        }

        using var call = new DecoderCall(
            _models.Decoder.Session, _cache, _buffers, _models.Shape, prompts.Count, length, 1, withHidden: false);
        call.Run();
    }

    private void Continue(AnswerRow[] rows, CancellationToken cancellation)
    {
        var active = Active(rows);
        if (!active.Contains(true))
        {
            return;
        }

        _buffers.LogitPositions.AsSpan(0, rows.Length).Clear();
        using var call = new DecoderCall(
            _models.Decoder.Session, _cache, _buffers, _models.Shape, rows.Length, 1, 1, withHidden: true);
        using var embedding = _models.Embedding.Session.CreateIoBinding();
        using var options = new RunOptions();
        using var ids = TensorRun.Over(_next.AsMemory(0, rows.Length), rows.Length, 1);
        using var embedded = TensorRun.Over(call.Embeddings, rows.Length, 1, Sizes.Hidden);
        embedding.BindOutput("embeddings", embedded);
        while (active.Contains(true))
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = 0; row < rows.Length; row++)
            {
                _next[row] = rows[row].Last;
            }

            embedding.BindInput("ids", ids);
            _models.Embedding.Session.RunWithBinding(options, embedding);
            embedding.SynchronizeBoundOutputs();
            _cache.Advance(active);
            call.Run();
            for (var row = 0; row < rows.Length; row++)
            {
                if (active[row])
                {
                    rows[row].AddState(call.Hidden.Span.Slice(row * Sizes.Hidden, Sizes.Hidden));
                }
            }

            TakeLogits(rows, active);
            active = Active(rows);
        }
    }

    private void TakeLogits(AnswerRow[] rows, bool[] active)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            if (active[row])
            {
                rows[row].Add(_buffers.Logits.AsSpan(row * Sizes.Vocabulary, Sizes.Vocabulary));
            }
        }
    }

    private static bool[] Active(AnswerRow[] rows) => [.. rows.Select(row => row.Ended is null)];
}
