using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Words;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>A SPEX pack, ready to be opened on devices.</summary>
internal sealed class SpexModel : ILoadedPack
{
    private readonly ThreadSessions _sessions;
    private readonly TimeProvider _time;

    /// <summary>Reads the pack's tokenizer.</summary>
    /// <exception cref="ModelRefusedException">It cannot be used.</exception>
    public SpexModel(SpexPack pack, ImmutableArray<ModelSessionOptions> direct, TimeProvider time)
    {
        (Pack, _time) = (pack, time);
        try
        {
            Tokenizer = Tokenizer.Open(pack.Folder);
            var vocabulary = pack.Description.Sizes.Language.Vocabulary;
            if (Tokenizer.Count > vocabulary)
            {
                // Models have rows to spare, never too few.
                throw new ModelRefusedException(
                    pack.Folder,
                    [$"the tokenizer has {Tokenizer.Count} tokens; model.json says that the model knows {vocabulary}"]);
            }

            Prompts = new SpexPrompts(Tokenizer, pack.Description);
        }
        catch (CheckpointException fault)
        {
            throw new ModelRefusedException(pack.Folder, [fault.Message], fault);
        }

        _sessions = new ThreadSessions(this, direct);
    }

    /// <summary>The pack.</summary>
    public SpexPack Pack { get; }

    /// <summary>Its words.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>What it is asked.</summary>
    public SpexPrompts Prompts { get; }

    public ModelIdentity Identity => Pack.Identity;

    // A picture is the tile alone; only the rules look beyond it.
    public int ReachPixels => 0;

    public IModelSession Open(ModelSessionOptions options)
    {
        if (_sessions.TakeAhead(options) is { } ahead)
        {
            return ahead;
        }

        Pack.Seal.Check(withDescription: false);
        return new SpexModelSession(this, options, _time);
    }

    public IReadOnlyList<IModelSession> OpenAhead() => _sessions.OpenAhead();

    public void CheckFiles() => Pack.Seal.Check(withDescription: true);

    public ILearnedBackend BackendFor(SceneImagery imagery, LearnedOptions options) =>
        new SpexBackend(this, imagery, options, _sessions);

    public string? FaultOf(string instruction)
    {
        try
        {
            Prompts.OfInstruction(instruction);
            return null;
        }
        catch (InstructionException fault)
        {
            return fault.Message;
        }
    }

    public void Dispose() => _sessions.Dispose();
}
