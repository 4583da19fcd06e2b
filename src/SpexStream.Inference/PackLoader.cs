using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Packs;
using SpexStream.Inference.Segmentation;
using SpexStream.Inference.Spex.Backend;
using SpexStream.Inference.Spex.Packs;

namespace SpexStream.Inference;

/// <summary>Loads packs of every kind; <c>spex:kind</c> in their description says which.</summary>
public static class PackLoader
{
    /// <summary>The kind of a pack that names none.</summary>
    public const string Segmentation = "segmentation";

    /// <summary>The kind of a vision-language model.</summary>
    public const string Spex = SpexPackFiles.Kind;

    /// <summary>Reads a pack and checks all its files.</summary>
    /// <param name="folder">The pack.</param>
    /// <param name="direct">Sessions for backends that are used without device workers, in turn; their batch size
    /// does not
    /// matter.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ModelRefusedException">It cannot be used; all faults are in it.</exception>
    public static ILoadedPack Load(string folder, ImmutableArray<ModelSessionOptions> direct, TimeProvider time) =>
        KindOf(folder) switch
        {
            Segmentation => new SegmentationModel(PackFiles.Read(folder), direct, time),
            Spex => new SpexModel(SpexPack.Load(folder), direct, time),
            var other => throw new ModelRefusedException(
                folder, [$"model.json: properties.spex:kind is '{other}'; this version knows {Segmentation} and {Spex}"]),
        };

    /// <summary>The kind that a pack names. What cannot be read is taken for a segmentation pack, whose reader tells
    /// why.
    /// </summary>
    public static string KindOf(string folder)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, PackFiles.DescriptionName)));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("properties", out var properties)
                && properties.ValueKind == JsonValueKind.Object
                && properties.TryGetProperty("spex:kind", out var kind) && kind.ValueKind == JsonValueKind.String
                ? kind.GetString()!
                : Segmentation;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            // The reader of segmentation packs tells the reason together with the other faults.
            return Segmentation;
        }
    }
}
