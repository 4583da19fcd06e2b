using System.Collections.Immutable;
using SpexStream.Inference;
using SpexStream.Pipeline.Models;

namespace SpexStream.Benchmarks;

/// <summary>A model that the pipeline shall ask, and where.</summary>
internal sealed record ModelOnDevices(ILoadedPack Pack, ImmutableArray<string> Devices, ModelLimits Limits);
