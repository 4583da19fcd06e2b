using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Packs;

namespace SpexStream.Inference.Spex.Import;

/// <summary>Sizes of a checkpoint: as its description gives them, where it does not, as its tensors show them, and
/// where those are missing too, as the released model has them.</summary>
internal sealed class SizeReader(CheckpointConfig config, CheckpointShapes shapes)
{
    private const string Tower = "model.vision_tower.vision_tower.vision_model";
    private const string Decoder = "model.vision_tower.mask_decoder";

    // Kernel of the deformable convolutions; the network has no other.
    private const int Taps = 9;

    private static readonly int[] ReleasedDepths = [5, 5, 22, 5];

    /// <summary>All sizes.</summary>
    /// <param name="mostPositions">Most positions that the decoder is made for.</param>
    public SpexSizes Read(int mostPositions)
    {
        var vision = Vision();
        return new SpexSizes
        {
            Vision = vision,
            ProjectorHidden = config.Int(
                "projector", "hidden", () => shapes.Length("model.mm_projector.0.weight", 0, 1536)),
            Language = Language(mostPositions),
            CondensedTokens = config.Int("llamaneck", "num_seq", () => 4),
            MaskDecoder = Masks(vision.MaskChannels),
        };
    }

    private VisionSizes Vision() => new()
    {
        Backbone = Backbone(),
        AggregatorHidden = config.Int(
            "vision", "aggregator_hidden", () => shapes.Length($"{Tower}.feat_aggregator.fuse_all.0.weight", 0, 1024)),
        NormGroups = config.Int("vision", "groupnorm_groups", () => 16),
        MaskChannels = config.Int(
            "vision", "sam_channels", () => shapes.Length($"{Tower}.visionneck.conv1.weight", 0, 256)),
    };

    private InternImageSizes Backbone()
    {
        const string FirstBlock = $"{Tower}.levels.0.blocks.0";
        var channels = config.Int(
            "vision", "channels", () => shapes.Length($"{Tower}.patch_embed.conv2.weight", 0, 160));
        var depths = config.List("vision", "depths", () =>
        [
            .. ReleasedDepths.Select((depth, level) => shapes.Count($"{Tower}.levels.{level}.blocks.", depth)),
        ]);
        return new InternImageSizes
        {
            Bands = shapes.Length($"{Tower}.patch_embed.conv1.weight", 1, 3),
            Channels = channels,
            Depths = depths,
            Groups = config.List("vision", "groups", () =>
            [
                .. depths.Select((_, level) => Math.Max(
                    1, shapes.Length($"{Tower}.levels.{level}.blocks.0.dcn.mask.bias", 0, Taps * 10 << level) / Taps)),
            ]),
            PerceptronRatio = config.Number(
                "vision", "mlp_ratio",
                    (float)shapes.Length($"{FirstBlock}.mlp.fc1.weight", 0, 4 * channels) / channels),
            OffsetScale = config.Number("vision", "offset_scale", 2),
            DepthwiseKernel = shapes.Length($"{FirstBlock}.dcn.dw_conv.0.weight", 2, 3),
        };
    }

    private LanguageModelSizes Language(int mostPositions) => new()
    {
        Vocabulary = config.Required("llm", "vocab_size"),
        Hidden = config.Required("llm", "hidden_size"),
        Perceptron = config.Required("llm", "intermediate_size"),
        Layers = config.Required("llm", "num_hidden_layers", 512),
        Heads = config.Required("llm", "num_attention_heads"),
        KeyValueHeads = config.Required("llm", "num_key_value_heads"),
        RotaryBase = config.Number("llm", "rope_theta", 1e6f),
        Epsilon = config.Number("llm", "rms_norm_eps", 1e-6f),
        Tied = config.Flag("llm", "tie_word_embeddings", !shapes.Has("lm_head.weight")),
        Positions = Math.Min(mostPositions, config.Int("llm", "max_position_embeddings", () => mostPositions)),
    };

    private MaskDecoderSizes Masks(int channels) => new()
    {
        Hidden = config.Int("sam", "hidden_size", () => channels),
        Perceptron = config.Int(
            "sam", "mlp_dim", () => shapes.Length($"{Decoder}.transformer.layers.0.mlp.lin1.weight", 0, 2048)),
        Layers = config.Int("sam", "num_hidden_layers", () => shapes.Count($"{Decoder}.transformer.layers.", 2), 64),
        Heads = config.Int("sam", "num_attention_heads", () => 8),
        CrossReduction = config.Int(
            "sam",
            "attention_downsample_rate",
            () => Math.Max(
                1,
                channels / shapes.Length(
                    $"{Decoder}.transformer.final_attn_token_to_image.q_proj.weight", 0, channels / 2))),
        MaskTokens = config.Int(
            "sam", "num_multimask_outputs", () => shapes.Length($"{Decoder}.mask_tokens.weight", 0, 4) - 1) + 1,
        FitDepth = config.Int(
            "sam", "iou_head_depth", () => shapes.Count($"{Decoder}.iou_prediction_head.layers.", 1) + 2, 64),
        FitHidden = config.Int(
            "sam", "iou_head_hidden_dim", () => shapes.Length($"{Decoder}.iou_prediction_head.proj_in.weight", 0, 256)),
        PositionFeatures = config.Int(
            "sam",
            "num_pos_feats",
            () => shapes.Length(
                "model.vision_tower.sampromptencoder.shared_embedding.positional_embedding", 1, channels / 2)),
        Epsilon = config.Number("sam", "layer_norm_eps", Norms.UsualEpsilon),
    };
}
