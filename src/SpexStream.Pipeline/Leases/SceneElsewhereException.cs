using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Leases;

/// <summary>A scene cannot be worked on here, for another node has it.</summary>
public sealed class SceneElsewhereException(SceneId scene)
    : InvalidOperationException($"Scene {scene} is at work on another node.");
