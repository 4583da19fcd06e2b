using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Orders of people, on their way to the scene.</summary>
internal sealed partial class SceneEntity
{
    private async ValueTask OrderAsync(SceneRequest.Order message)
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
