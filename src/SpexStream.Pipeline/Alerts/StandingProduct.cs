using SpexStream.Domain.Journal;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Alerts;

/// <summary>A product that stands, as the facts of its scene describe it.</summary>
/// <param name="Scene">The scene as it was closed: rows count from its first, sensed up to its last strip.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Terms">How it was worked on when it began.</param>
/// <param name="Product">The product.</param>
internal sealed record StandingProduct(SceneSpec Scene, int Height, SceneTerms Terms, PublishedProduct Product);
