using System.Collections.Immutable;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What a person asks of the scene.</summary>
internal sealed partial class SceneWork
{
    // Name of the folder of the product that stands; null while none does.
    private string? _product;

    /// <summary>Carries an order out; the answer is given when what follows is written down.</summary>
    public async ValueTask OrderAsync(SceneOrder order, Action<SceneOrderOutcome> answer)
    {
        var named = order is SceneOrder.Release release ? _strips.Find(release.StripIndex)?.Strip : null;
        var decision = SceneOrders.Decide(
            State, order, _product is not null, named, order is SceneOrder.Reprocess ? await GoneStripsAsync() : [],
            _context.Time.GetUtcNow());
        var messages = MessagesOf(decision);
        foreach (var retracted in decision.Facts.OfType<SceneFact.SceneRetracted>())
        {
            // The name goes first: a crash in between leaves a product that is not found, and the order is given again.
            if (TryWithdraw() is { } why)
            {
                answer(SceneOrders.CannotWithdraw(retracted.Revision, why));
                return;
            }
        }

        await FollowAsync(
            decision.Step, null, decision.Facts, messages,
            async () =>
            {
                answer(decision.Outcome);
                if (decision.Facts.Any(fact => fact is SceneFact.SceneRetracted))
                {
                    await _context.Events.RetractedAsync(Scene);
                }
            });
    }

    private ImmutableArray<OutgoingMessage> MessagesOf(SceneOrderDecision decision) =>
    [
        .. decision.Facts.SelectMany(fact => fact switch
        {
            SceneFact.SceneRetracted retracted => _context.Messages.Retracted(
                Scene,
                new(retracted.Revision, _context.Assembler.PathOf(_product!), Terms.Classes, retracted.Reason),
                Moment(retracted.Revision)),
            SceneFact.SceneAbandoned abandoned => _context.Messages.Abandoned(
                Scene, abandoned.Revision > 0, decision.Outcome.Sentence,
                Moment(Math.Max(1, abandoned.Revision))),
            _ => ImmutableArray<OutgoingMessage>.Empty,
        }),
    ];

    // Why the product still has its name; null when it has it no more.
    private string? TryWithdraw()
    {
        try
        {
            _context.Assembler.Withdraw(Scene.Id, _product!);
            _product = null;
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nothing was written down yet: the product stands, as the journal says, and the scene is well.
            return fault.Message;
        }
    }

    private Task<ImmutableArray<int>> GoneStripsAsync() => GoneFiles.FindAsync(
        from strip in State.Strips.Values
        let path = _strips.Find(strip.Index)!.Path
        let file = StampedPath.TryParse(path)?.Path ?? path
        where file.StartsWith('/')
        select (strip.Index, file),
        File.Exists, _context.Time, _context.Abandoned);

    private SceneMoment Moment(int revision) =>
        new(_ledger.NextNumber(), revision, State.Strips.Count, State.ExpectedStrips) { Epoch = _ledger.Epoch };
}
