using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Segmentation;

/// <summary>What a scene asks about each of its tiles: how its pixels are fed, and how answers are read. The same for
/// all
/// tiles of the scene.</summary>
internal sealed record SegmentationRequest(PixelFeed Feed, CoverDecision Decision, TargetPlan Plan) : ITileRequest;
