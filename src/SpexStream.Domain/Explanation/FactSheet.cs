using System.Collections.Immutable;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Domain.Explanation;

/// <summary>
/// What a text is checked against: the facts of one or more classes of the same scene or strip, and what the text is
/// on.
/// </summary>
public sealed record FactSheet
{
    /// <summary>Facts by class, at most one each. What is not here was not measured.</summary>
    public required ImmutableSortedDictionary<LandCoverClass, ClassFacts> Classes { get; init; }

    /// <summary>The class the text must name; null when it may be on any.</summary>
    public LandCoverClass? Topic { get; init; }

    /// <summary>The region the text is on; null for a text on the scene.</summary>
    public RegionFacts? Subject { get; init; }

    /// <summary>Whether rows run south and columns east, so that "north" is the top of the image. Else compass words
    /// for places on the image cannot be checked; a strip of a descending pass may be upside down.</summary>
    public bool NorthUp { get; init; }

    /// <summary>A sheet on one class of a scene or strip.</summary>
    /// <param name="facts">The class that the text is on.</param>
    /// <param name="northUp">See <see cref="NorthUp"/>.</param>
    /// <param name="others">The scene's other classes, where they were measured.</param>
    public static FactSheet ForScene(ClassFacts facts, bool northUp, params IEnumerable<ClassFacts> others) =>
        ForAll([facts, .. others], northUp) with { Topic = facts.Class };

    /// <summary>A sheet on one region.</summary>
    /// <param name="region">The region that the text is on.</param>
    /// <param name="scene">Facts of its class over the scene.</param>
    /// <param name="northUp">See <see cref="NorthUp"/>.</param>
    /// <param name="others">The scene's other classes, where they were measured.</param>
    public static FactSheet ForRegion(
        RegionFacts region, ClassFacts scene, bool northUp, params IEnumerable<ClassFacts> others) =>
        ForScene(scene, northUp, others) with { Subject = region };

    /// <summary>A sheet on all classes alike.</summary>
    /// <exception cref="ArgumentException">A class is there twice.</exception>
    public static FactSheet ForAll(IEnumerable<ClassFacts> classes, bool northUp) => new()
    {
        Classes = classes.ToImmutableSortedDictionary(facts => facts.Class, facts => facts),
        NorthUp = northUp,
    };
}
