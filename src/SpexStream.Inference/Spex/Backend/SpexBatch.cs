using System.Collections.Immutable;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Spex.Running;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>Tiles on their way through SPEX: a picture and some questions each.</summary>
internal sealed class SpexBatch : IModelBatch
{
    // What no sensible answer reaches; a pack may allow more tokens than anybody reads.
    private const int MostCharacters = 4000;
    private readonly SpexModelSession _session;
    private readonly int _side;
    private readonly float[][] _pictures;
    private readonly SpexRequest[] _requests;
    private readonly PictureResampler _resampler = new();
    private readonly MaskCover _masks = new();
    private ImmutableArray<SpexAnswer>[]? _answers;
    private bool _disposed;

    public SpexBatch(SpexModelSession session)
    {
        _session = session;
        var input = session.Model.Pack.Description.Input;
        _side = input.SizePixels;
        _pictures =
            [.. Enumerable.Range(0, session.BatchSize).Select(_ => new float[input.Bands.Length * _side * _side])];
        _requests = new SpexRequest[session.BatchSize];
    }

    public int Capacity => _pictures.Length;

    public int Count { get; private set; }

    /// <summary>Bytes of its buffers.</summary>
    public long Bytes => _pictures.Sum(picture => (long)picture.Length * sizeof(float));

    public int Add(PixelPlanes pixels, ITileRequest request)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Count == Capacity || _answers is not null)
        {
            throw new InvalidOperationException(
                _answers is not null ? "The batch was inferred; clear it first." : "The batch is full.");
        }

        if (request is not SpexRequest asked || asked.Model != _session.Model)
        {
            throw new ArgumentException("The request is another model's.", nameof(request));
        }

        if (pixels.Core != asked.Prior.Core)
        {
            throw new ArgumentException($"The request is on {asked.Prior.Core}, not {pixels.Core}.", nameof(request));
        }

        asked.Feed.Write(pixels, asked.Edge, _pictures[Count], _resampler);
        _requests[Count] = asked;
        return Count++;
    }

    public ImmutableArray<ModelText> Answer(int slot, TileEvidence evidence)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, Count);
        if (_answers is null)
        {
            throw new InvalidOperationException("The batch was not inferred.");
        }

        var (request, answers) = (_requests[slot], _answers[slot]);
        // A class whose answer has no mask holds nowhere, with no confidence; when that is all there is, nothing was
        // told.
        var saysNothing = answers.All(answer => answer.Mask is null);
        request.Prior.Begin(
            evidence, saysNothing ? [] : request.Absent, saysNothing ? CoverCode.Undecided : CoverCode.Land);
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Mask is { } mask)
            {
                _masks.Write(mask, request.Edge, request.Asks[i].Class, evidence);
            }
        }

        return [.. request.Asks.Zip(answers, (ask, answer) => new ModelText(ask.Class, TextOf(answer), ask.Hash))];
    }

    /// <summary>All that was computed for a tile, after inference.</summary>
    public ImmutableArray<SpexAnswer> AnswersOf(int slot) => _answers![slot];

    public void Clear()
    {
        Array.Clear(_requests);
        (Count, _answers) = (0, null);
    }

    /// <summary>Answers all questions; on the device's thread.</summary>
    public ModelTimes Compute(TimeProvider time, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var started = time.GetTimestamp();
        var questions =
            from slot in Enumerable.Range(0, Count)
            from ask in _requests[slot].Asks
            select new SpexQuestion(_pictures[slot], _side, ask.Tokens);
        var answers = _session.Answer([.. questions], cancellation);
        var (taken, each) = (0, new ImmutableArray<SpexAnswer>[Count]);
        for (var slot = 0; slot < Count; slot++)
        {
            each[slot] = [.. answers.Skip(taken).Take(_requests[slot].Asks.Length)];
            taken += each[slot].Length;
        }

        _answers = each;
        return new(TimeSpan.Zero, time.GetElapsedTime(started), TimeSpan.Zero);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _session.Forget(this);
        }
    }

    private string TextOf(SpexAnswer answer)
    {
        var text = _session.Model.Tokenizer.Decode([.. answer.Tokens]).Trim();
        // Not between the two halves of one character.
        return text.Length <= MostCharacters ? text
            : text[..(MostCharacters - (char.IsHighSurrogate(text[MostCharacters - 1]) ? 1 : 0))];
    }
}
