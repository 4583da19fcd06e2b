using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Orders of people, on their way to the scene.</summary>
internal sealed partial class SceneRun
{
    /// <summary>Gives an order; null when the scene is over and has to be opened anew.</summary>
    public async ValueTask<SceneOrderOutcome?> OrderAsync(SceneOrder order, CancellationToken cancellation)
    {
        var message = new SceneMessage.Order(order, new(TaskCreationOptions.RunContinuationsAsynchronously));
        // Posted in any case: a closed scene that was opened for it ends with the message.
        return await _mailbox.TryPostAsync(message, CancellationToken.None)
            ? await message.Outcome.Task.WaitAsync(cancellation)
            : null;
    }

    private async ValueTask OrderAsync(SceneMessage.Order message)
    {
        try
        {
            if (_work is null)
            {
                message.Outcome.TrySetResult(SceneOrderOutcome.Unknown);
                return;
            }

            await _work.OrderAsync(message.What, outcome => message.Outcome.TrySetResult(outcome));
        }
        catch (Exception fault)
        {
            // Whoever gave the order must not take it for done; the scene's loop says the rest.
            message.Outcome.TrySetException(fault);
            throw;
        }
    }
}
