using System.Collections.Immutable;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Products;

/// <summary>A region with its outline on Earth in falling detail, finest first; empty without a CRS.</summary>
public sealed record RegionSketch(RegionFacts Facts, ImmutableArray<GeoOutline> Outlines);
