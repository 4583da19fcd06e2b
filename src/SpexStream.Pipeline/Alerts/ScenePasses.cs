using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Alerts;

/// <summary>How a scene's product stands, and what was measured of it.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Revision">Its newest revision.</param>
/// <param name="Since">When that was published, or withdrawn.</param>
/// <param name="Parts">What was measured; empty where no rule watched, or where it is withdrawn.</param>
/// <param name="Withdrawn">Why it was withdrawn; null while it stands.</param>
internal sealed record ScenePasses(
    SceneId Scene, int Revision, DateTimeOffset Since, ImmutableArray<SceneFact.AreasMeasured> Parts, string? Withdrawn)
{
    /// <summary>The trace that everything about the scene is told under; null where its opening is not known.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The product, where its facts say enough to read its masks; else null.</summary>
    public StandingProduct? Product { get; init; }

    /// <summary>Whether retention has deleted the product's files.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>The product, where nothing was measured of it; else null.</summary>
    public StandingProduct? Unmeasured => Parts.IsEmpty ? Product : null;

    /// <summary>Whether it was measured after it was published; then nobody needs to look at it again, whatever was
    /// found.</summary>
    public bool IsLate { get; init; }

    /// <summary>Reads it from the facts of a scene; null without a product.</summary>
    public static async ValueTask<ScenePasses?> ReadAsync(
        IJournalReader journal, SceneId scene, CancellationToken cancellation)
    {
        ScenePasses? passes = null;
        string? trace = null;
        (SceneSpec Scene, SceneTerms Terms)? opening = null;
        SceneFact.GatheringEnded? gathered = null;
        DateTimeOffset? sensedTo = null;
        (int First, int End)? rows = null;
        var parts = new List<(SceneFact.AreasMeasured Part, long Epoch)>();
        await foreach (var recorded in journal.ReadAsync(scene, 0, cancellation))
        {
            switch (recorded.Fact)
            {
                case SceneFact.SceneOpened { Scene: var opened, Terms: var terms }:
                    trace = SceneTrace.Of(opened);
                    opening = (opened, terms);
                    break;
                case SceneFact.StripAccepted { Strip: var strip }:
                    rows = rows is var (first, end)
                        ? (Math.Min(first, strip.RowOffset), Math.Max(end, strip.RowOffset + strip.Height))
                        : (strip.RowOffset, strip.RowOffset + strip.Height);
                    sensedTo = sensedTo > strip.SensedTo ? sensedTo : strip.SensedTo;
                    break;
                case SceneFact.GatheringEnded ended:
                    gathered = ended;
                    break;
                case SceneFact.AreasMeasured measured:
                    parts.Add((measured, recorded.Epoch));
                    break;
                case SceneFact.ScenePublished { Product: var product }:
                    // Parts of a writer that did not come as far as publishing are of no product.
                    passes = new(
                        scene, product.Revision, recorded.At,
                        [
                            .. from entry in parts
                               where entry.Epoch == recorded.Epoch && entry.Part.Revision == product.Revision
                               select entry.Part,
                        ],
                        null)
                    {
                        Product = StandingOf(product),
                    };
                    parts.Clear();
                    break;
                case SceneFact.ProductRemoved removed when passes?.Product?.Product.Folder == removed.Folder:
                    passes = passes! with { IsRemoved = true };
                    break;
                case SceneFact.SceneRetracted retracted:
                    passes = new(scene, retracted.Revision, recorded.At, [], retracted.Reason);
                    break;
            }
        }

        return passes is null ? null : passes with { TraceParent = trace };

        StandingProduct? StandingOf(PublishedProduct product)
        {
            if (opening is not var (scene, terms) || rows is not var (top, bottom))
            {
                return null;
            }

            // A scene that came whole is not said to have been waited for; its strips tell where it lies.
            var first = gathered?.FirstRow ?? (scene.RowsAreAbsolute ? top : 0);
            var rebased = scene.RowsAreAbsolute ? scene.Rebased(first) : scene;
            return new(
                rebased with { SensedTo = sensedTo ?? scene.SensedTo },
                gathered?.Height ?? scene.Height ?? bottom - first, terms, product);
        }
    }
}
