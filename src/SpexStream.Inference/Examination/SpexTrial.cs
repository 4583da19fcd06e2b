using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Backends;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Spex.Backend;
using SpexStream.Inference.Spex.Running;

namespace SpexStream.Inference.Examination;

/// <summary>Loads a SPEX pack as the daemon would, asks about a made tile and looks at the numbers that come
/// out.</summary>
internal static class SpexTrial
{
    /// <summary>Asks for the class that every station tells.</summary>
    public const string Question = "Where is the water?";

    /// <summary>See <see cref="PackTrial.Run"/>.</summary>
    public static PackTrialResult Run(string folder, ModelSessionOptions options, int seed, TimeProvider time)
    {
        using var model = (SpexModel)PackLoader.Load(folder, [options], time);
        using var session = (SpexModelSession)model.Open(options);
        using var batch = (SpexBatch)session.NewBatch();
        var bands = model.Pack.Description.Input.Bands;
        using var pixels = MadeTile.Create(bands.Length, options.TileSize, model.ReachPixels, seed);
        using var evidence = new TileEvidence(options.TileSize);
        var backend = model.BackendFor(MadeTile.Imagery(bands), Wanted(options.TileSize));
        batch.Add(pixels, backend.Ask(pixels, backend.InitialFindings, evidence)!);
        var times = session.Infer(batch);
        var texts = batch.Answer(0, evidence);
        var answers = batch.AnswersOf(0);
        return new(
            model.Identity, session.Provider, answers.Length, times.Infer.TotalSeconds, session.MemoryBytes,
            PackTrial.Count(evidence), [.. answers.SelectMany(Faults)])
        {
            Words = string.Join(' ', texts.Select(text => text.Text)),
            Tokens = answers.Sum(answer => answer.Tokens.Count),
        };
    }

    /// <summary>One question on every tile, without rules that would find nothing in a made one.</summary>
    public static LearnedOptions Wanted(int tileSize) => new()
    {
        Classes = [LandCoverClass.Water],
        TileSize = tileSize,
        Instruction = Question,
    };

    private static IEnumerable<string> Faults(SpexAnswer answer)
    {
        if (answer.NoMaskReason is { } reason)
        {
            yield return $"there is no mask: {reason}";
        }

        (string Of, ReadOnlyMemory<float> Values)[] all =
            [("states", answer.States), ("mask logits", answer.Mask?.Logits ?? default)];
        foreach (var (of, values) in all)
        {
            if (values.ToArray().Count(value => !float.IsFinite(value)) is > 0 and var odd)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{odd} of {values.Length} {of} are not finite");
            }
        }
    }
}
