using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Packs;

namespace SpexStream.Inference.Spex.Running;

/// <summary>
/// SPEX on one device: image and instruction in, text and mask out. Blocks; belongs to the device's own thread, which
/// alone calls and disposes it.
/// </summary>
public sealed class SpexSession : IDisposable
{
    /// <summary>Why a one-token answer has no mask: the mask is drawn from the states at the tokens that were read
    /// again, and the last one never is.</summary>
    public const string OneToken = "the answer has one token only, and a mask is drawn from the states behind the first";

    private readonly SpexModels _models;
    private readonly AnswerWriter _writer;
    private readonly SpexSizes _sizes;
    private readonly int _rows;

    /// <summary>Opens a pack.</summary>
    /// <exception cref="DeviceFaultException">The device is not there, or lacks software or memory.</exception>
    /// <exception cref="ModelRefusedException">The runtime does not take a graph.</exception>
    public SpexSession(SpexPack pack, SpexSessionOptions options)
    {
        _sizes = pack.Description.Sizes;
        _rows = options.Device.BatchSize;
        var limit = pack.Description.Limits.MostPositions;
        var positions = options.MostPositions > 0 ? Math.Min(options.MostPositions, limit) : limit;
        _models = new SpexModels(pack, options.Device, options.PlainAttention);
        try
        {
            _writer = new AnswerWriter(_models, _rows, positions);
        }
        catch
        {
            _models.Dispose();
            throw;
        }
    }

    /// <summary>What really computes: "cpu" or "cuda".</summary>
    public string Provider => _models.Vision.Provider == DeviceKind.Cuda ? "cuda" : "cpu";

    /// <summary>Why the processor does the work of a graphics card; null where each does its own.</summary>
    public string? FallbackReason => _models.Vision.FallbackReason;

    /// <summary>Why prompts of different lengths are answered one after the other; null where a batch takes them at
    /// once.</summary>
    public string? OneByOneReason => _writer.TakesMixedLengths
        ? null
        : "this device has no grouped attention in the model's number format, so prompts of different lengths run apart";

    /// <summary>Answers questions, as many at a time as the session was opened for. All images of one call are of one
    /// size.</summary>
    /// <exception cref="ArgumentException">Images differ in size, or a prompt does not fit.</exception>
    /// <exception cref="DeviceFaultException">The device failed.</exception>
    /// <exception cref="OperationCanceledException">Given up between two tokens.</exception>
    public IReadOnlyList<SpexAnswer> Answer(
        IReadOnlyList<SpexQuestion> questions, SpexGeneration generation, CancellationToken cancellation = default)
    {
        try
        {
            return [.. questions.Chunk(_rows).SelectMany(batch => AnswerBatch(batch, generation, cancellation))];
        }
        catch (Microsoft.ML.OnnxRuntime.OnnxRuntimeException fault)
        {
            throw OrtFaults.Translate(_models.Vision.Device, fault);
        }
        catch (InvalidDataException fault)
        {
            throw new DeviceFaultException(_models.Vision.Device, DeviceFaultKind.Failed, fault.Message, fault);
        }
    }

    /// <summary>Answers one question.</summary>
    public SpexAnswer Answer(
        SpexQuestion question, SpexGeneration generation, CancellationToken cancellation = default) =>
        Answer([question], generation, cancellation)[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _models.Dispose();
    }

    private SpexAnswer[] AnswerBatch(
        SpexQuestion[] questions, SpexGeneration generation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var sight = new ImageReader(_models, _sizes).Read(questions);
        var prompts = new PromptReader(_models.Embedding.Session, _sizes.Language.Hidden);
        float[][] embedded = [.. questions.Select((question, row) => prompts.Read(question.Tokens, sight.Tokens(row)))];
        var rows = new AnswerRow[questions.Length];
        var groups = _writer.TakesMixedLengths
            ? [[.. Enumerable.Range(0, rows.Length)]]
            : Enumerable.Range(0, rows.Length).GroupBy(row => embedded[row].Length).Select(group => group.ToArray())
                .ToList();
        foreach (var group in groups)
        {
            var answers = _writer.Write([.. group.Select(row => embedded[row])], generation, cancellation);
            for (var index = 0; index < group.Length; index++)
            {
                rows[group[index]] = answers[index];
            }
        }

        var masks = new MaskReader(_models.Mask.Session, _sizes).Read([.. rows.Select(row => row.States)], sight);
        return [.. rows.Select((row, index) => new SpexAnswer(
            row.Tokens, row.Ended!.Value, masks[index],
                masks[index] is null ? OneToken : null) { States = row.States })];
    }
}
