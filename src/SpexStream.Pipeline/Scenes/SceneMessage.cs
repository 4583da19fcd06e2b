using SpexStream.Domain.Grid;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What reaches a scene's mailbox.</summary>
internal abstract record SceneMessage
{
    private SceneMessage()
    {
    }

    /// <summary>A strip; the outcome is set when the scene has decided.</summary>
    public sealed record Deliver(StripDelivery Delivery, TaskCompletionSource<DeliveryOutcome> Outcome) : SceneMessage
    {
        /// <summary>Handles the strip; if that breaks before there is an outcome, whoever waits for it is told.</summary>
        public async ValueTask AnswerAsync(Func<Deliver, ValueTask> handle)
        {
            try
            {
                await handle(this);
            }
            catch (Exception fault)
            {
                // Told here, because nobody else knows who waits; what it means for the scene is decided further up.
                Outcome.TrySetException(fault);
                throw;
            }
        }
    }

    /// <summary>The pass is over; who said so is told when it was read, so that no more are in the mailbox than wait.</summary>
    public sealed record EndPass(int? StripCount, TaskCompletionSource Read) : SceneMessage;

    /// <summary>A timer of the scene has fired.</summary>
    public sealed record Tick : SceneMessage;

    /// <summary>A tile was surveyed.</summary>
    public sealed record Surveyed(TileStage Stage, TileIndex Tile) : SceneMessage;

    /// <summary>A tile was classified.</summary>
    public sealed record Classified(TileStage Stage, TileIndex Tile, TileAnswer Answer) : SceneMessage;

    /// <summary>A tile broke.</summary>
    public sealed record TileBroke(TileStage Stage, TileIndex Tile, Exception Fault) : SceneMessage;

    /// <summary>The products are in place.</summary>
    public sealed record Assembled(SceneOutcome Outcome) : SceneMessage;

    /// <summary>The products could not be written.</summary>
    public sealed record AssemblyBroke(Exception Fault) : SceneMessage;
}
