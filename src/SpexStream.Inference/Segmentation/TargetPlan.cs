using System.Collections.Immutable;
using SpexStream.Domain.LandCover;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Segmentation;

/// <summary>What a model's classes stand for: the targets that it knows, each with its threshold, and of each channel
/// the
/// target that it counts for.</summary>
internal sealed class TargetPlan
{
    public TargetPlan(PackOutput output)
    {
        Output = output;
        Targets = [.. output.Classes.Select(one => one.Target).Distinct().Order()];
        Thresholds = [.. Targets.Select(target => (float)output.Classes.First(one => one.Target == target).Threshold)];
        TargetOfChannel = [.. output.Classes.Select(one => Targets.IndexOf(one.Target))];
        IsFirstOfTarget = [.. TargetOfChannel.Select((target, channel) => TargetOfChannel.IndexOf(target) == channel)];
        Codes = [.. Targets.Select(CodeOf)];
        PlaneOfClass = [.. LandCoverClasses.All.Select(
            value => Array.FindIndex([.. Targets], target => ClassOf(target) == value))];
    }

    public PackOutput Output { get; }

    /// <summary>Targets in the order of their planes.</summary>
    public ImmutableArray<CoverTarget> Targets { get; }

    /// <summary>One for each target.</summary>
    public ImmutableArray<float> Thresholds { get; }

    /// <summary>Index of a target for each channel.</summary>
    public ImmutableArray<int> TargetOfChannel { get; }

    /// <summary>Whether a channel is the first that counts for its target.</summary>
    public ImmutableArray<bool> IsFirstOfTarget { get; }

    /// <summary>The classes of ours that the model tells.</summary>
    public IEnumerable<LandCoverClass> Classes => Targets.Select(ClassOf).OfType<LandCoverClass>();

    /// <summary>Cover code of each target.</summary>
    public ImmutableArray<byte> Codes { get; }

    /// <summary>Plane of each of our classes, in their order; -1 where the model does not tell it.</summary>
    public ImmutableArray<int> PlaneOfClass { get; }

    private static byte CodeOf(CoverTarget target) => target switch
    {
        CoverTarget.Water => CoverCode.Water,
        CoverTarget.Vegetation => CoverCode.Vegetation,
        CoverTarget.Buildings => CoverCode.Buildings,
        CoverTarget.Cloud => CoverCode.Cloud,
        CoverTarget.CloudShadow => CoverCode.CloudShadow,
        CoverTarget.SnowIce => CoverCode.SnowIce,
        CoverTarget.Nothing => CoverCode.Undecided,
        _ => CoverCode.Land,
    };

    private static LandCoverClass? ClassOf(CoverTarget target) => target switch
    {
        CoverTarget.Water => LandCoverClass.Water,
        CoverTarget.Vegetation => LandCoverClass.Vegetation,
        CoverTarget.Buildings => LandCoverClass.Buildings,
        _ => null,
    };
}
