using System.Collections.Immutable;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The end of a revision: products are written into a folder of their own, the scene's name points to it, and the
/// journal says that this folder is the product and what the world is told of it. Belongs to the scene's loop, but
/// for the writing, which runs apart.
/// </summary>
internal sealed class SceneClosing(SceneRunContext context, SceneLedger ledger, ISceneMailbox mailbox)
{
    private AssemblyRun? _run;
    private int _faults;

    /// <summary>Ends when nothing is being written.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Writes the products of a task; answered by a message.</summary>
    public void Start(AssemblyTask task)
    {
        _run = AssemblyRun.Of(task with { FirstEpoch = ledger.FirstEpoch }, context);
        Start();
    }

    /// <summary>Goes on with the last task where it failed.</summary>
    public void Start()
    {
        if (_run is { } run)
        {
            Running = Task.Run(() => AnswerAsync(run));
        }
    }

    /// <summary>When products that could not be written are tried again; null when they are given up.</summary>
    public TimeSpan? WaitAfter(Exception fault) => context.Outlives ? Retry.Products(++_faults, fault) : null;

    /// <summary>Makes a folder that is in place the scene's product, and gives its name.</summary>
    public async ValueTask<string> PublishAsync(SceneOutcome outcome, bool goesOn)
    {
        var product = new PublishedProduct(
            outcome.Revision, ledger.Epoch, Path.GetFileName(outcome.Folder), outcome.Files.Sum(file => file.Bytes),
            outcome.CompletenessPercent, outcome.MissingStrips);
        FailPoints.Pass(FailPoints.AfterLinkBeforeJournal);
        foreach (var part in outcome.Measured.SkipLast(1))
        {
            // Too much for one append; without the publication it counts for nothing.
            await ledger.WriteAsync([part], []);
        }

        await ledger.WriteAsync(
            [.. outcome.Measured.TakeLast(1), new SceneFact.ScenePublished(product)],
            context.Messages.Published(outcome, goesOn));
        FailPoints.Pass(FailPoints.AfterPublishedFact);
        if (context.HasRivals)
        {
            await context.Naming(Path.GetDirectoryName(outcome.Folder)!)
                .ConfirmAsync(outcome.Scene.Id, product.Folder);
        }

        _faults = 0;
        await context.Events.ClosedAsync(outcome);
        return product.Folder;
    }

    private async Task AnswerAsync(AssemblyRun run)
    {
        context.Assemblies.Begin();
        try
        {
            mailbox.Answer(await run.RunAsync());
        }
        finally
        {
            context.Assemblies.End();
        }
    }
}
